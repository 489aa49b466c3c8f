"""诱导分享 told in a roundabout way: where it is to be put, how it is to be shown, and that nobody has to buy."""

import re
from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.linting.lexicon import compiled
from renmai.policy.linting.patterns.types import Pattern
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_REWARD = _("Take the reward for sharing off: give it for an order that was kept, or to everybody.")
_FORCED = _("Let people see, continue and collect without sharing or following.")
_LIKES = _("Do not ask for likes, comments or praise in return for something.")
_INVITED = _("Reward an invitation only once the friend's order is settled.")

_told = partial(
    Pattern,
    family=Family.INDUCED_SHARING,
    rule_key="wechat.share_reward",
    outcome=Outcome.REVIEW,
    advice=_REWARD,
    unless_near=r"{settled}",
)
_english = partial(_told, language="en", unless_near=r"{e_settled}")

_NEAR = 80
_SOMETHING = compiled(
    r"{benefit}|不收(?:钱|你)|算我的|归[你您]|请[你您]|抹(?:了|零)|先[发拿]|给(?:谁|[你您])(?!们?看|们?说)|放行|解锁|端走|拎|记(?:两|\d)|(?:两|\d+)(?:块|毛|元)|[两三四五六七八九十]斤|券|积分"
)
_SOMETHING_ENGLISH = compiled(
    r"{e_gift}|\bon me\b|with your name on it|take home|first pick|knock\w*<w3>off|vanish|no charge|\bpoints\b|\b(?:jar|box|slice|bowl) of\b|\brelease[sd]?\b|present|\byours\b|\bcoins?\b|in your pocket|\bin return\b|\bpacket\b|\$\d+ (?:off|credit)|\boff\b|\b(?:secret )?(?:price|code)\b|\bupgraded\b|\bfee\b<w3>disappears|\bpaid for\b|\bdoormat\b|\bbag\b|\bbottle\b"
)


def is_rewarded(match: re.Match[str]) -> bool:
    """Whether something to have is spoken of near the match."""
    near = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    return bool(_SOMETHING.search(near) or _SOMETHING_ENGLISH.search(near))


_PLACE = r"(?:朋友圈|你?的?圈(?:里|子|上)|(?:[你您]|自己)的?圈|(?:家族|业主|单位|小区|同学|班级|娘家|姐妹|宝妈|家长|广场舞|老乡|亲戚|大|微信|人的?)群|[几多数两三四五六七八九十\d]+个<6>群|任意<2>个群|动态里?|状态|主页)"
_PUT = r"(?:挂|丢|搁|扔|甩|贴|晒|放|露<2>脸|吆喝|亮(?:个|一)?相|出现|摆|(?<!转)发(?!货|票|现|送|车|酵)|弄|说(?:句|几句)?好话)"

ROWS: tuple[Pattern, ...] = (
    _told(
        code="sharing.placed",
        expression=rf"{_PUT}(?:[了过到在进给上]|一下|一发|一挂)*<8>{_PLACE}|(?:往|在|到|让|替<2>在)<8>{_PLACE}<6>(?:一)?(?:{_PUT}|看[见到]|瞧见)|{_PLACE}<4>有<3>(?:我们?家?|这)<6>(?:图|海报)|二维码贴|圈里?挂|头像换成|让<6>(?:姐妹|好友|朋友|同事)们?<3>(?:都)?(?:瞧见|看见|看到)",
        unless=r"喜欢|方便|公告|接龙|取货",
        unless_near=r"{settled}|{order}后|喜欢(?:就|的话|可以|再)|方便的话|自愿|别(?:往|在|发)|不要(?:往|在)",
        only_if=is_rewarded,
        matches="把我这条往你们家族群里一丢，给你多塞两包纸",
        spares="把取货码放在群里的接龙后面，到店拿货",
    ),
    _told(
        code="sharing.proof",
        expression=r"(?:发(?!货|票|现|生)|挂|晒|转(?!账|款|人工)|贴|丢|评(?!估)|夸|点赞|点完)<s24>(?:截(?:个)?(?:图|屏)|截给|手机亮给)",
        unless=r"转账|退|坏|破|售后|订单|凭证|收货|快递|发票|物流|付款|支付|损|客服|质量|骗|举报",
        only_if=is_rewarded,
        matches="动动手指发一遍，截个屏给我，五块钱马上到你手机",
        spares="收到有坏果的，拍照发给我，截图订单号，今天退您",
    ),
    _told(
        code="sharing.praise_paid",
        rule_key="groupbuy.invented_people",
        advice=_LIKES,
        expression=r"(?:五(?:颗)?星|5颗?星|满分|满星|好评|夸(?:够|得|我们?家)|大拇指|小?红心|小?❤|点(?:个)?心|关祝|说(?:句|几句|点)好话|写满<4>字|满[五5]?星|夸满|写句好话|(?:写|留)句好听|先<6>夸我们)<s36>(?:返(?!回|修|程)|免费|升杯|送(?!货|到|达|往)|刮开|(?:块|毛)钱|抵|抽(?!纸)|算我的|寄你|取毛巾|端走|领(?!导|口)|悄悄|换<4>(?:一|券))",
        unless=r"不限|真实|好坏|差评都|不删|客服|{settled}|{order}",
        matches="五颗星加三张图，夸够二十个字，刮开就是三块钱",
        spares="五星四星都看，写什么我们都不删",
    ),
    _told(
        code="sharing.nobody_buys",
        rule_key="reward.only_settled_orders",
        advice=_INVITED,
        is_literal=True,
        expression=r"(?:人头|牵着|拉|带|邀|介绍|喊|好友|邻居|进群|入群|注册|新人|弄进|新面孔|来一?个|替[我俺]|推给)<s40>(?:(?:人家|对方|他们?|她们?)?买不买<4>(?:无所谓|不要紧|没关系|不打紧|随(?:意|便)|不重要|不管|都(?:算|行))|(?:不(?:用|需|要求|必|需要)|无需|无须)<6>(?:下单|买(?!菜)|消费)|不(?:下单|消费|买)(?:东西)?(?:的)?也<2>(?:算|行|有|能|可以))|不图你买|没买过的(?:邻居|朋友|人)<20>(?:加|进)",
        unless=r"参观|逛逛|看看",
        only_if=is_rewarded,
        matches="介绍个人头过来就行，人家买不买无所谓，来一个我给你记两块",
        spares="带孩子进来坐坐，不用消费",
    ),
    _told(
        code="sharing.left_out",
        rule_key="wechat.forced_share",
        advice=_FORCED,
        is_literal=True,
        expression=r"没(?:有)?<6>(?:发|转(?!账)|挂|露<2>脸|晒|分享|拉人)(?:的|过|圈)<8>(?:往后|灰的?|让给|先不|暂不|靠后|没(?:有)?份|只能|等着|看着)|未<8>(?:发|转发|分享|发至|转至)<14>(?:暂不享受|不享受|恢复原价|不再享)|(?:发|转(?!账)|晒|挂)(?:过|了|完|出去)<8>才<4>(?:亮|有|能|给|算|放|可|生效|激活)|没有的话<4>(?:就)?只能|没<4>发过圈|发过圈的那些|没口令|不夸的?<3>只|赞不够<6>补",
        unless=r"发货|发票|发芽|收货|快递|验货",
        matches="群里报“已挂”的草莓先发，没挂的往后稍稍吧",
        spares="没挂果的苗我们免费换，收到先发照片",
    ),
    _told(
        code="sharing.locked",
        rule_key="wechat.forced_share",
        advice=_FORCED,
        expression=r"(?:锁着|待激活|没解锁|未解锁|还差一步|门票|报口令|后半(?:本|截|段|部)?|下半(?:截|段|部)?|完整版|开奖号)<s36>(?:群|圈|动态|好友|姐妹)<14>(?:看[见到]|露|热闹|放行|解锁|[后再]|发|亮)",
        unless=r"快递|入园|景区|成团|收货",
        matches="教程后半截锁着，先让它出现在你的动态里，页面自己就放行",
        spares="教程后半截下周发在群文件，谁都能看",
    ),
    _told(
        code="sharing.most",
        expression=r"(?:谁|哪位)<8>(?:带来的?|晒得?|拉的?|发得?|夸得?|转得?|喊来的?)<8>(?:最多|最肉麻|最勤|越多)<16>(?:拿|送(?!货|到)|奖|翻|得|领|给|归)|(?:来|拉|加|带来)?一个新(?:粉|人|关注)<4>(?:两|\d+|[一三五])(?:块|元|毛)",
        unless=r"{order}",
        matches="谁把店铺海报晒得最多，谁拿走空气炸锅",
        spares="谁家孩子吃得最多，谁家就得再来一箱，哈哈",
    ),
    _told(
        code="sharing.opened_by",
        rule_key="reward.only_settled_orders",
        advice=_INVITED,
        expression=r"(?:邀请?|喊|拉|带|让|请|找)<3>{number}(?:个|位|名)?<4>{friends}<6>(?:打开|点开|看到|看一?眼|进入|访问|浏览|点一?下|扫|点关注|加<4>好友)|到了?{number}(?:个|位)<2>{friends}手里|按(?:点开|打开|扫码)的?(?:人头|人数)",
        unless=r"{order}|客服",
        only_if=is_rewarded,
        matches="6元券待激活：让10位好友看到本页即可",
        spares="请两位朋友点开看看说明书，帮我们挑错",
    ),
    _english(
        code="sharing.en_placed",
        expression=r"\b(?:post|posted|posting|pop|put|stick|snap|sing|shout|subscribe|comment|praise|register|drag|fill|point|fwd|share|shared|s h a r e|drop|leave|re-?posting|add|forward|fwd|spread|keep|tag|repost\w*|like|liked|follow|get me into|pull(?:ed)? into|type[ds]?)\b<w8>(?:moments|circle|status|story|feed|timeline|socials?|chats?|page|flyer|poster|picture|pals|mates|contacts|txt|about us|faces?|channel|reel|video|facebook|google|instagram|insta|noticeboards?|neighbourhood app|besties|our tag|chat to \d+|room to \d+|friends into|body to|ppl|building'?s)\b|\bscan,? follow\b|\b(?:your|whose) (?:last post|timeline|feed)\b",
        unless=r"{e_settled}|complaint|refund|damaged|broken|group notice|if you like|out of this chat",
        unless_near=r"{e_settled}|if you (?:like|want|enjoy)|feel free|up to you|pick-?up",
        only_if=is_rewarded,
        matches="Leave our poster up on your Moments and the flat white is on me",
        spares="Post a picture of the broken jar in the chat and we will send a new one after the refund",
    ),
    _english(
        code="sharing.en_proof",
        expression=r"\b(?:post\w*|repost\w*|shar(?:e|ed|ing)|spread|liked?|follow\w*|tag\w*|chats?|groups?)\b[^\n]{0,60}?\b(?:screenshots?|proof|show (?:this|rider|the attendant|the phone|me your)|flash it|show this screen)\b",
        unless=r"{e_order}|refund|parcel|ticket number|scam|receipt",
        only_if=is_rewarded,
        matches="Drop it in three of your chats, then PM me proof and the tray is yours",
        spares="Show the attendant your receipt to get the parking stamp",
    ),
    _english(
        code="sharing.en_kept_online",
        expression=r"\b(?:post|poster|flyer|picture|reposts?|moments|status|circle)\b<w10>(?:keep(?: it)?|leave|left|remain|stay|not delete|for)\b<w4>(?:up|public|visible|delete|24|one day|72|\d+ (?:hours?|days?)|till|until)\b|\b(?:remove|delete)s? the (?:poster|post|flyer) early\b|\bper (?:social )?repost\b|\bmore chats you drop\b|\bno follow, no\b|\bpinned on your moments\b|\bcard hits your moments\b|\b\d+ reposts (?:an?|=|gets?)\b",
        unless=r"{e_order}|shop window|sale ends|open until",
        matches="Put our story on your status for one day and 50 points arrive",
        spares="The poster stays in the shop window until Sunday",
    ),
    _english(
        code="sharing.en_nobody_buys",
        rule_key="reward.only_settled_orders",
        advice=_INVITED,
        is_literal=True,
        expression=r"\b(?:friend|mate|body|anybody|eyes|contact|face|visitor|neighbou?r|somebody|sign-?ups?|people|persons?|chat|group|bring|pals|bodies|viewer|guest)s?\b[^\n]{0,80}?\b(?:no need to (?:buy|order|spend)|(?:needn'?t|need not|don'?t have to|doesn'?t have to) (?:buy|spend)|(?:nobody|no one|they|never)<w3>(?:has to |have to |ever )?(?:spend|buy)|regardless of (?:purchase|buying)|no (?:order|purchase)<w4>(?:required|needed)|even if they (?:never|just)|no \w+ needed from them|doesn'?t (?:need to|even need to) (?:order|buy|spend)|doesn'?t matter (?:if )?they|no need (?:to )?buy|no (?:order|purchase) needed)\b",
        unless=r"{e_settled}|tasting|look around",
        only_if=is_rewarded,
        matches="Every new face you pull into this chat is a voucher for you, nobody has to spend",
        spares="Bring your friends to look around, nobody has to buy",
    ),
    _english(
        code="sharing.en_praise_paid",
        rule_key="groupbuy.invented_people",
        advice=_LIKES,
        expression=r"\b(?:five|5)[- ](?:\w+ )?stars?\b<w14>(?:=|knock|free|on the house|slice|cash|back|off your|refund|gift|coupon|voucher)|\b(?:say something (?:nice|sweet)|bigs? (?:us|me) up|shout us out|sing our praises)\b<w16>(?:free|on the house|latte|slice|parking|coupon|off|refund)|\bfree\b<w8>(?:bigs? us up|says something nice|shouts us out)",
        unless=r"honest|whatever you think|{e_settled}",
        matches="Say something nice about us online and your second latte is on the house",
        spares="Five stars or one star, both stay on the page",
    ),
    _english(
        code="sharing.en_locked",
        rule_key="wechat.forced_share",
        advice=_FORCED,
        expression=r"\b(?:locked|asleep|on hold|behind the curtain|wakes up|curtain lifts)\b[^\n]{0,60}?\b(?:until|when|once|after|unless|till|today)\b[^\n]{0,40}?\b(?:contacts|chats?|friends|feed|post|posted|groups?|seen us)\b",
        unless=r"{e_order}|courier|customs|phone is locked",
        matches="The second half of this recipe stays locked until your feed has seen the first",
        spares="The shop is locked at ten, post your question in the morning",
    ),
)
