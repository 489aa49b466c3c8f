"""Words that patterns share. In an expression ``{share}`` stands for any of its words, ``<8>`` for up to eight characters within the
sentence, ``<c8>`` for up to eight within the clause, ``<s8>`` for eight across sentences, ``<w4>`` for up to four English words between two others.
"""

import re

WORDS: dict[str, str] = {
    # Chinese: acts of passing something on. A person who 给大家分享 a recipe tells something, and asks nobody to pass it on.
    "share": (
        r"(?<!给大家)(?<!跟大家)(?<!和大家)(?<!为大家)(?<!与大家)(?<!给您)(?<!感谢)(?<!谢谢)(?<!经验)(?<!心得)"
        r"分享(?!装|记录|数据|按钮|功能|次数|统计|设置|效果|来源|自|于|型|会上?|课|者|一[个款条份种道]|一下(?:今|昨|刚|我|这|新|自|最|店|仓|一)|几|个|我(?:的|家|自己|妈|们(?:的)?(?:故事|日常|经验|做法|仓))|些|今|本周|本店|经验|心得|菜谱|食谱|做法|故事|攻略|日常|喜悦|快乐|知识|干货|给大家)"
        r"|转发(?!器|器件)|转载|转(?:给|到|至|进|一下|一转|转|起来|出去)|转(?:一圈|一转|了|载|出去?|够|满)|转<3>个群|晒<8>(?:圈(?!子)|朋友圈|群)|发到<4>所有的?群|(?:发|推|甩|丢|晒|贴|传|扔|挂|放|散|刷)(?!货|票|错|酵|现)<c8>(?:朋友圈|好友群|亲友群|家人群|家族群|群里|群聊|大群|圈子|(?:个|你们?|自己|宝妈|业主|小区|同事|同学|微信|每个|各个?|闺蜜|家长|麻将|工作|老乡|三|五|\d)群(?!主|规|公告))"
        r"|发(?:送)?给(?:\d+|[一二两三四五六七八九十几])?(?:个|位|名)?(?:微信)?(?:好友|朋友|闺蜜|同事|亲友|家人|群友|好姐妹|兄弟)|推荐给(?:\d+|[一二两三四五六七八九十几])?(?:个|位)?{friends}"
        r"|发<3>(?:九宫格|小红书|抖音|笔记|动态)|传下去|(?:顶|宣传|推广)一下|换<2>头像|改<2>(?:签名|昵称|头像)|晒圈|发圈|晒(?:到|在|个)?(?:朋友圈|动态|小红书|抖音)|扩散|群发(?!通知|货|现|工具|短信)|(?:@|艾特|圈)(?:\d+|[一二两三四五六七八九十几])(?:个|位|名)?(?:好友|朋友|人|亲友)"
        r"|拉(?:\d+|[一二两三四五六七八九十几])?(?:个|位|名)?(?:好友|朋友|人|亲友|同事|邻居|姐妹)(?:进|入)群|(?:邀请|拉|叫|带)<c6>(?:进群|入群|加群)"
    ),
    "follow": (
        r"(?:关注|扫码关注|订阅)<c6>(?:公众号|服务号|订阅号|视频号|官微|本号|官号|我们|账号)|关注(?:后|即|就|并|领|送|得|有礼|立|可领)|(?:点击|长按|扫码|先|请|记得)关注|点<2>关注|关注一下|(?:关注|订阅)<2>(?:再|才|后)"
        r"|(?:加|添加)(?:我|客服|店长|店主|老师|小助手|群主|管理员|小编)?(?:的)?(?:企业)?(?:微信|为好友|好友)|点亮?(?:个)?(?:在看|星标|小红心)|点(?:个)?赞|(?:扫码|扫一扫)?(?:进|入|加)群(?!聊?规)"
    ),
    # Something to have, named or not: what a sentence about passing on must not end in.
    "benefit": (
        r"(?:{get}<6>{reward}|给(?:您|你)<2>(?:办|开通|申请|寄|送|发|准备|留|安排)<4>(?:一|1|份|个|\d)|每人<3>(?:加|送|发|赠|领|得)|优先|升级|换购|送\d|奖您?你?\d|免费|有礼|有奖|有惊喜|有红包|惊喜|大礼|好礼|豪礼|厚礼|红包|现金|奖励|奖品|奖金|礼品|小礼物|赠品|试用|试吃|[0零]元|优惠券|无门槛券|代金券|抵用券|免单|免邮|包邮|免运费|折上折|内部价|隐藏价|优先发货|插队|加赠|多送|白嫖|不要钱|返现|返(?:你|您|现|给你)?\d|返利|话费|积分|金币|抽奖|抽中|锦鲤|开奖|福利|福袋|特权"
        r"|(?:凭|凭借|截图|到店|现场|前台|当场|门店|找我|找客服|私信|私我|联系<3>|即可?|就能?|就可以?|可以?|后|直接|立即|立马|再|然后|都能|都可|均可|每人)<4>(?:领|兑|换|拿|得(?!知|到消息)|送(?!到|货|达)|赠|抽(?!纸)|返(?!回|程)|减|带走|到账)|(?:送|赠|奖|换|领|兑换?|白送|发)(?:您|你|一|两|双|\d+)<6>(?:份|盒|瓶|袋|斤|件|支|包|个|枚|板|杯|张|元|块|次|套|条|桶|箱|只|提|把)|给你?(?:们)?\d+(?:\.\d+)?(?:元|块|毛|分|个积分|积分)|[+]\s*\d|到账|余额|打\d?折|半价|[一二三四五六七八九\d]折|立减|再减|免邮券|秒到)"
    ),
    # Reaching out to people who are not named, however it is called.
    "outreach": (
        r"(?:{share}|(?:让|叫|喊|拉|找|带|推给|告诉|介绍给?|通知|召集|召唤|约|发动|动员|安利给?|种草给|请|号召|带动|凑齐?|带来)(?!客服|我们|店家|第)<c4>(?:\d+|[一两二三四五六七八九十几]|身边|更多|你的|所有|新|各位)<c3>(?:人(?!份)|好友|朋友|新客|新人|邻居|同事|位|宝妈|粉丝|姐妹|同学|家长|用户|群)|(?:推|发|转)给<c3>(?:\d+|[一两二三四五六七八九十几])?(?:个|位)?(?:人|朋友|好友|姐妹|邻居|同事|家长|新客|闺蜜)|(?:扫|点|进)(?:你的|我的|这个)<3>(?:码|链接))"
    ),
    "friends": r"(?:好友|朋友|妈妈|阿姨|家长|客户|亲戚|街坊|闺蜜|亲友|亲朋|家人|同事|同学|邻居|姐妹|兄弟|群友|宝妈|新人|新用户|小伙伴|伙伴|人(?!份|数|气|员|工|民|生|均|物|造|家))",
    "buddies": r"(?:好友|朋友|闺蜜|亲友|亲朋|家人|同事|同学|邻居|姐妹|兄弟|群友|宝妈|小伙伴|老铁|亲们|大家)",
    "number": r"(?:\d+|[一二两三四五六七八九十百几多每]+)",
    "get": (
        r"(?:(?:[可即就能各均都你再还立先会免也]|直接|双方|当场)得(?!知|到消息|体|分|失|力|了|很|罪)|获得|获取|获赠|获|赢得|赢取|赢|领取|领(?!导|口|带|先|域|衔|着|略|班|养|结|子|巾|军)"
        r"|兑换|赠送?|(?<!配)(?<!发)(?<!运)(?<!派)(?<!推)(?<!护)送(?!到|货|达|上门|往|至|检|修)|返(?!回|程|工|修|乡|校|厂|佣)|奖励?|抽(?!纸|烟|油|屉|空|检|查|水|湿|绳|象|出时间)|提现|解锁|白拿|白嫖|免费拿|免单|赚|拿|得(?=\d|红包|现金|积分|优惠|奖|礼|券))"
    ),
    "reward": (
        r"(?:红包|现金|优惠券|代金券|抵用券|无门槛券|消费券|券|礼品|礼物|奖品|小礼|好礼|豪礼|大礼|厚礼|礼包|礼盒|积分|金币|话费|流量|奖励|奖金|赠品|小样|试用装|试吃装|免单|余额|会员|零花钱|佣金|鸡蛋|纸巾|水果|抽奖|福利|福袋|返现|返利|现钱|钱|大奖"
        r"|(?:\d+(?:\.\d+)?|[一二两三五十百几]+)(?:元|块|毛|积分|金币|份|盒|瓶|袋|斤|件|支|包|次|个)|机会|名额|半价|[一二三四五六七八九\d]折|资料|课程|电子书|教程|秘籍|门票|特权|霸王餐|体验装|正装|(?:iphone|手机|耳机|口红|面膜|洗衣液|牛奶|雨伞|抽纸|保温杯))"
    ),
    # A condition that makes a reward one for an order, and one that makes it one for an order that was kept.
    "order": r"(?:下单|购买|购物|成交|付款|支付|买(?!一送)|消费|首单|拼团|参团|成团|开团|满\d+元?减|售出|卖出|复购)",
    "settled": (
        r"(?:确认收货|收货|签收|结算|已结|(?:退货|售后|退款|无理由)期|交易完成|完成(?:交易|订单)|订单完成|无退款|未退货|没有?退货?|不退)"
    ),
    "agent": r"(?:代理|店主|会员|合伙人|推广员|推广大使|推广资格|分销商|分销员|经销商|团长|股东|掌柜|加盟商|联创|总代|省代|市代|县代|董事|vip|创客|大使|微商|站长|资格)",
    "worthy": r"(?:乡村|三农|农|果|振兴|公益|高考|中考|考研|考生|家乡|环保|企业|中小|脱贫|山区|健康|成长|梦想|孩子|宝宝|学习|工作|生活|开学|复工|抗疫|春耕|消费|经济|品牌|你|您|夏|冬|睡眠|减排|低碳|助残|留守)",
    "seller": r"(?:代理|店主|合伙人|推广员|推广大使|推广资格|分销(?:商|员|资格)|代理资格|推广权|经销商|(?<!拼)团长|股东|掌柜|加盟商|联创|总代|省代|市代|县代|董事|创客|微商|站长|(?:钻石|皇冠|至尊|初始|荣耀)会员|vip会员<4>(?:推广|分享|赚|收益))",
    # Taking people in, and a share of what others bring: harmless each, seldom together.
    "recruit": r"(?:推荐(?:人|一|两|三|[几\d]|位|别人|朋友)|(?:拉|带|招)(?:人|\d|[一两三四五六七八九十])|裂变|转介绍|发展<2>(?:人|会员|代理|下)|下级|合伙人|招代理|做代理|当店主|加盟|入会|分销权|老板身份|直推)",
    "pie": r"(?:回本|分红|分润|净赚|纯赚|坐收|坐享|提成|抽成|份子|奖励金|发钱|月入|日入|返本|终身|永久收益|倍增|层级|业绩)",
    "private": r"(?:身份证|户口本|银行卡(?!支付|付款)|卡号|通讯录|联系人列表|手机联系人|人脸|指纹|通话记录|短信记录|相册权限|密码(?!锁|箱)|验证码|家庭住址|家庭收入|婚姻状况|病史)",
    # English.
    "e_share": (
        r"(?:(?:re-?)?shar(?:e|es|ed|ing)(?!\W+(?:size|sized|pack|packs|platter|box|bag|a meal|our (?:story|recipes?|values|kitchen|thoughts|news|love|table|harvest)|my|your (?:thoughts|feedback|opinion|experience|table)|the love of|holders?|prices?))|re-?post(?:s|ed|ing)?|retweet|forward(?:s|ed|ing)?(?= (?:this|it|the|our|to|me|and|link|me?ssage|poster|\d|your|these))|pass(?:ing)? (?:this|it|(?:the|our|this) \w+) (?:on|along)"
        r"|post(?:s|ed|ing)? (?:this|it|our|the|a|your)\b<w4>(?:moments|groups?|timeline|story|stories|feed|wall|chats?|everywhere|wechat)|send(?:ing)? (?:this|it|our|the)\b<w4>(?:friends|groups?|people|contacts|chats?|everyone)|spread (?:this|the word|the link)|tag(?:ging)? (?:\d+|two|three|four|five|six|ten|your|a|some) ?(?:friends?|people|mates|buddies)|blast (?:this|it|our)|(?:drop|put|push|place|stick|paste|circulate|upload)\b<w5>(?:moments|groups?|group chats?|timeline|story|stories|status)|moments post|post on (?:your )?moments|(?:mention|tag) us|(?:use|with|add) (?:our|the) hashtag)"
    ),
    "e_follow": r"(?:follow(?:ing)? (?:us|our|(?:the|this)<w2>(?:account|page|shop|store|brand|channel|profile|official))\b|subscrib(?:e|ing) to\b|add(?:ing)? (?:us|me|our|the)\b<w3>(?:wechat|friend|contact)|like (?:this|our|the|and)\b|join(?:ing)? (?:our|the|this|my) (?:wechat )?(?:group|chat))",
    "e_get": r"(?:get|gets|getting|earn|earns|win|wins|receive|receives|claim|unlock|unlocks|grab|score|collect|redeem|pocket|for a chance|we(?:'ll| will) (?:send|give|pay|gift|transfer)|(?:is|are) yours|enter|pays?|rewards? you|gives? you|for your|bags?)",
    "e_reward": (
        r"(?:free|coupons?|vouchers?|red (?:packet|envelope)s?|hongbao|cash(?:back)?|gifts?|prizes?|rewards?|bonus(?:es)?|points|credits?|discounts?|samples?|refund|entry|entries|draw|chances?|giveaway|iphone|goodies|money|coins?|(?:[¥$€£]|rmb ?|cny ?|usd ?)\d+|\d+(?:\.\d+)? ?(?:yuan|rmb|cny|dollars|usd|euros|percent|%)|% off|half price|surprise|present)"
    ),
    "e_outreach": (
        r"(?:{e_share}|(?:tell|show|bring|get|ask|text|message|ping|invite|refer|introduce|pull in|persuade|convince)<w1>(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|a friend|your|some|more|every|all your|new)<w2>(?:friends?|pals|besties?|people|contacts?|neighbou?rs?|colleagues?|mums|mothers|buddies|classmates|customers?|members?|users?))"
    ),
    "e_gift": (
        r"(?:free(?! (?:to|shipping|delivery|of))\b|freebies?|on us\b|on the house|gifts?\b|vouchers?|coupons?|red (?:packet|envelope)s?|hongbao|cash\b|prizes?|rewards?|bonus|coins?|lucky draw|raffle|giveaway|surprise|chance to win|(?:[¥$€£]|rmb ?)\d+|\d+(?:\.\d+)? ?(?:yuan|rmb|cny|dollars)(?! (?:each|per|a|for))|\d+ ?% off|half price|per (?:share|repost|forward|post)|i(?:'ll| will)<w1>(?:transfer|send|pay|give|gift|credit|refund)<w1>you|is yours|are yours|(?:is|are) mine|lucky (?:fans?|winners?|people|followers|users|ones?)|wins? (?:a|an|the|one)\b|earns? (?:a|an|the|\d)|top up your|(?:drink|eat|shop|play|ride|watch|dine)<w1>free"
        r"|(?:and|to|then|for|you(?:'ll| will| can)?|we(?:'ll| will))<w1>(?:claim|receive|win|earn|unlock|redeem|pocket|score|grab|bag|collect|pick up|get (?:a|one|your|\d|two|extra|an|it)|send you|top up your|add|give you|pay you|reward you|gift you))"
    ),
    "e_private": r"(?:id[- ]?cards?|id number|passport|bank[- ]?(?:card|account)|credit card|card number|address book|contact list|contacts|call (?:log|history)|passwords?|verification codes?|home address|income|marital status|medical (?:history|records?))",
    "e_settled": r"(?:settled|kept|return (?:window|period)|refund (?:window|period)|confirm\w* receipt|keeps? (?:it|the|them))",
    "e_order": (
        r"\b(?:settle[sd]?|settlement|completed|kept|delivered|deliver(?:y|s)|buys?|bought|purchas\w*|orders?|ordered|checks? out|return (?:window|period)|refund (?:window|period)|sales?|sold|spends?|pays for)\b"
    ),
    "e_number": r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|every|each|any|more|another)",
    "e_people": r"(?:friends?|people|persons?|members?|contacts?|users?|recruits?|newcomers?|agents?|head|buddies|mates|partners?)",
}

_NAME = re.compile(r"\{([a-z_]{3,})\}")
_GAP = re.compile(r"<([cws]?)(\d+)>")
_IN_SENTENCE = r"(?:(?!\.\s)[^。!?;\n])"
_IN_CLAUSE = r"(?:(?!\.\s)[^,。!?;:\n])"
_ANYWHERE = r"[^\n]"
_BETWEEN_WORDS = r"(?:[^\w.!?;\n]|\.(?=\d))+"


def compiled(expression: str) -> re.Pattern[str]:
    """Return ``expression`` with its words and gaps filled in. Raises ``KeyError`` for a word that is not in the lexicon: a bug."""
    while _NAME.search(expression):
        expression = _NAME.sub(lambda match: f"(?:{WORDS[match[1]]})", expression)
    return re.compile(_GAP.sub(_gap, expression))


def _gap(match: re.Match[str]) -> str:
    kind, length = match.groups()
    if kind == "w":
        return rf"(?:{_BETWEEN_WORDS}[\w'’%¥$-]+){{0,{length}}}?{_BETWEEN_WORDS}"
    unit = {"": _IN_SENTENCE, "c": _IN_CLAUSE, "s": _ANYWHERE}[kind]
    return f"{unit}{{0,{length}}}?"
