"""Everyday English words by what they stand for, so that the reader knows a *quid* from what it learned about *dollars*.

A word may stand for several things. The lists are general: none is taken from copy that is only used for scoring.
"""

_WORDS: dict[str, str] = {
    "people": (
        "friend friends pal pals mate mates buddy buddies bestie besties neighbour neighbours neighbor neighbors "
        "colleague colleagues coworker classmate classmates mum mums mom moms mother mothers dad dads father auntie aunty "
        "aunties uncle uncles cousin cousins sister sisters brother brothers relative relatives family families household "
        "households contact contacts people person persons folks everyone everybody somebody someone anyone guys girls "
        "ladies sis fam crew gang parents parent wife husband niece nephew granny grandma grandpa nan"
    ),
    "group": (
        "group groups chat chats groupchat moments timeline story stories feed wall status channel channels community "
        "circle circles forum whatsapp wechat tiktok instagram insta facebook xiaohongshu telegram gc"
    ),
    "pass_on": (  # nosec B105  what one does with a message
        "share shares shared sharing repost reposts reposted reposting forward forwards forwarded forwarding post posts "
        "posted posting send sends sent drop drops tag tags tagged tagging pass passes blast spread shout paste resend "
        "retweet broadcast upload mention shoutout plaster"
    ),
    "bring": (
        "invite invites invited inviting refer refers referral referrals recruit recruits recruiting bring brings brought "
        "bringing introduce introduces introduced enlist sign signs signed signup signups rope roped pull pulls drag "
        "drags fetch round join joins joined"
    ),
    "money": (
        "money cash quid bucks dollar dollars pound pounds pence penny yuan rmb cny sgd usd euro euros fiver tenner grand "
        "coin coins kuai dough wallet balance fund funds payout payouts"
    ),
    "income": (
        "income earn earns earned earning earnings profit profits salary wage wages dividend dividends commission "
        "commissions bonus bonuses override overrides cut percent percentage payday rich wealth wealthy retire retired "
        "retirement passive mortgage returns yield"
    ),
    "gift": (
        "gift gifts free freebie freebies prize prizes reward rewards voucher vouchers coupon coupons sample samples "
        "giveaway packet packets envelope hongbao refund discount treat treats goody goodies complimentary gratis trophy "
        "cashback surprise"
    ),
    "receive": (
        "get gets getting receive receives claim claims win wins winning won winner winners collect collects redeem "
        "unlock unlocks grab grabs score bag bags pocket pockets yours enter earned keep keeps take takes"
    ),
    "draw": (
        "draw draws drawn drawing raffle raffles lottery lucky luck jackpot hat dice wheel spin spins ticket tickets "
        "tombola sweepstake sweepstakes ballot random randomly odds chance chances scratch flutter lots number"
    ),
    "dear_thing": (
        "car cars tesla bmw mercedes rolex flat apartment house villa holiday cruise motorbike suv diamond iphone macbook "
        "gold yacht"
    ),
    "help": (
        "help helps helping helper helpers vote votes voted voting tap taps tapped tapping click clicks clicking press "
        "presses push pushes nudge nudges boost boosts boosting chop chops chopping slash slashes slice slices hack hacks "
        "knock knocks bargain assist assists blow hands hand thumb thumbs"
    ),
    "bottom": (
        "zero floor gauge bar meter box lid chest puzzle piece pieces card cards stamp stamps set missing short lowest bottom"
    ),
    "level": (
        "level levels tier tiers downline downlines upline team teams legs leg generation generations layer layers tree "
        "branch branches line network heads head underneath below beneath partner partners agent agents distributor "
        "distributors member members ambassador dealer dealers rank ranks diamond leader leaders seat seats founder "
        "founders"
    ),
    "fee": (
        "fee fees deposit entry starter kit pack package packs upfront joining membership invest invests invested "
        "investment activate activation licence"
    ),
    "effortless": (
        "sleep asleep sleeping effort effortless easy easily nothing automatic automatically autopilot home couch sofa "
        "hours phone lying bed quit boss"
    ),
    "threat": (
        "lose loses lost block blocked freeze frozen suspend suspended penalty fine fined expire expires expired delete "
        "deleted removed ban banned deactivated terminated curse cursed bad unlucky karma regret regrets sorry ashamed "
        "unfilial heartless coward conscience punish"
    ),
    "authority": (
        "police bureau government ministry official officials court bank banks tax customs notice system tencent security "
        "council office department authority authorities administration embassy cctv army president minister verified "
        "verification inspector central state district health national"
    ),
    "evasion": (
        "browser copy copied paste link links url backup spare second alt account accounts mirror vpn code codes dm pm "
        "private privately offline transfer venmo paypal paynow alipay bypass filter filters filtered moderation "
        "moderators detect spell swap read between censor censored delete hush quietly screenshot safari chrome telegram "
        "banned qr"
    ),
    "rumour": (
        "heard rumour rumor leaked insider secret breaking urgent shocking truth expose exposed poison poisoned poisonous "
        "plastic radiation contaminated spreadlike confirmed"
    ),
    "superlative": (
        "best greatest finest first top number one only ultimate unrivalled unrivaled unbeatable unmatched unequalled "
        "supreme leading leader world world's worlds worldwide global planet earth country nation national nationwide "
        "history ever king queen champion perfect peerless highest lowest cheapest strongest fastest most purest zero "
        "rival rivals competition competitor competitors nobody beats beat exclusive universe entire superior"
    ),
    "illness": (
        "cancer tumour tumor tumours diabetes diabetic sugar insulin pressure hypertension cholesterol arthritis gout "
        "asthma eczema rash flu cold cough fever virus infection infections ulcer ulcers insomnia anxiety depression "
        "migraine migraines headache headaches pain pains ache aches inflammation thyroid kidney kidneys liver heart "
        "stroke clot clots artery arteries cavities allergy allergies disease diseases illness ailment dementia alzheimer "
        "autism adhd infertility fertility nodules nodule cataract eyesight myopia bald baldness hair wrinkle wrinkles "
        "acne scar scars haemorrhoids piles"
    ),
    "body": (
        "knee knees joint joints back spine skin face belly tummy gut stomach bowel lungs lung blood brain bone bones "
        "muscle muscles nerve nerves eye eyes teeth tooth gums breast cells cell immune immunity hormone hormones "
        "metabolism collagen fat weight kilo kilos kg pounds waist height taller slim slimmer thinner younger cm"
    ),
    "medicine": (
        "doctor doctors dr hospital clinic surgeon surgery pill pills tablet tablets prescription medicine medicines "
        "medication drug drugs injection injections needle therapy treatment treatments treat treats treated chemo nurse "
        "scan scans remedy antibiotics vaccine jab dose insulin physio dentist"
    ),
    "cure": (
        "cure cures cured heal heals healed healing reverse reverses reversed reversing vanish vanishes vanished "
        "disappear disappears gone clear clears cleared detox flush flushes dissolve dissolves shrink shrinks shrank melt "
        "melts regrow regrows prevent prevents restore restores repair repairs rebuild rebuilds relieve relieves fix "
        "fixes fixed sorts banish banishes lowers normal drops boosts strengthens burn burns"
    ),
    "scarce": (
        "last only left remaining hurry closing close closes clearance liquidation bankrupt bankruptcy shutting stock "
        "sold selling final midnight tonight countdown timer clock minutes seconds limited deadline ends ending end "
        "forever goodbye eviction landlord lease demolition roof"
    ),
    "price": (
        "price prices priced was now original originally retail rrp mall worth value valued off half markdown slashed "
        "cost costs costing tag sticker factory wholesale margin marked"
    ),
    "review": (
        "review reviews reviewer rating ratings star stars comment comments praise testimonial testimonials feedback rave "
        "raves glowing write writes written say says pretend pretending photo photos pics pic screenshot screenshots "
        "order orders buyer buyers customers box empty parcel"
    ),
    "invented": (
        "invent invented inventing fake faked fakes pretend pretends imaginary bots bot script scripted reset resets "
        "refresh reloads actually really nobody secretly truth stage staged rented actor actors"
    ),
    "identity": (
        "id passport identity nric ssn licence license number numbers card cards bank account password passwords pin otp "
        "code codes verification address book phonebook addresses phone phones selfie face fingerprint birthday birthdate "
        "birth salary income medical record records list lists export upload database data login credentials location "
        "contacts permission permissions"
    ),
    "child": (
        "kid kids child children son daughter teen teens toddler baby babies pupil pupils student students school class "
        "teacher classroom homework schoolmates"
    ),
    "nag": "beg begs begging pester nag cry cries ask asks tell tells secretly mummy daddy don't",
    "settled": (
        "settled settles settle kept keeps return returns returned returning receipt confirmed confirm confirms complete "
        "completed delivered window period days refund refunds refunded cooling"
    ),
    "denial": (
        "no not never without don't dont doesn't didn't won't can't cannot isn't aren't nobody none neither nor instead "
        "avoid nothing wasn't wouldn't shouldn't ain't refuse refused refuses decline"
    ),
    "warning": (
        "scam scams scammer scammers fraud beware warning warn careful caution fake hoax illegal forbidden banned against "
        "rule rules report reported reporting hacked hijacked phishing ignore breaks"
    ),
    "honest": (
        "real actual counted exactly average honest honestly according source tested measured survey since between dated "
        "published listed details terms conditions policy page"
    ),
    "must": (
        "must need needs needed have required require requires only until unless before after if then once when first "
        "otherwise else compulsory condition"
    ),
    "quantity": (
        "one two three four five six seven eight nine ten twelve twenty thirty fifty hundred thousand million dozen "
        "couple few several"
    ),
    "order": (
        "order orders ordered ordering buy buys bought buying purchase purchases purchased checkout pay pays paid paying "
        "payment payments basket cart spend spends spent customer customers"
    ),
    "logistics": (
        "parcel parcels delivery delivered deliver deliveries courier van driver tracking pickup collect warehouse "
        "shipped shipping ship ships dispatch dispatched arrive arrives arrived porch door"
    ),
    "food": (
        "rice noodles bread cake mango mangoes orange oranges apples honey tea coffee soup chicken beef pork fish shrimp "
        "egg eggs oil milk cheese jam vegetables fruit fruits recipe cook cooked cooking bake baked fry fried steamed "
        "flour butter garlic salt pepper boil boiled simmer"
    ),
}


def _by_word() -> dict[str, tuple[str, ...]]:
    concepts: dict[str, tuple[str, ...]] = {}
    for concept, words in _WORDS.items():
        for word in words.split():
            concepts[word] = (*concepts.get(word, ()), concept)
    return concepts


CONCEPTS = _by_word()
"""The concepts of a word in small letters; a word that is missing has none."""
