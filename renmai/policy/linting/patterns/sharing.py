"""诱导分享, 诱导关注: something is given, or withheld, for passing on, following, liking or inviting."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from renmai.policy.channels import EVERYWHERE, Channel
from renmai.policy.linting.patterns.types import Pattern
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome

_REWARD = _("Take the reward for sharing off: give it for an order that was kept, or to everybody.")
_FORCED = _("Let people see, continue and collect without sharing or following.")
_LIKES = _("Do not ask for likes, comments or praise in return for something.")
_INVITED = _("Reward an invitation only once the friend's order is settled.")
_CROWD = _("Give what is promised without waiting until a group has grown.")
_FOLLOW = _("Give what is promised to everybody, whether they follow or not.")

_OUTSIDE_WEB = EVERYWHERE - {Channel.WEB.value}
_row = partial(
    Pattern,
    family=Family.INDUCED_SHARING,
    rule_key="wechat.share_reward",
    outcome=Outcome.REFUSE,
    advice=_REWARD,
    unless_near=r"{settled}",
)
_english = partial(_row, language="en", unless_near=r"{e_settled}")

CHINESE: tuple[Pattern, ...] = (
    _row(
        code="sharing.reward_after",
        expression=r"{share}<18>{get}<8>{reward}",
        unless=r"{order}|{settled}|满\s*\d+元|一起(?:吃|喝|用|逛|挑)|享(?:受)?(?:拼团|团购)价",
        unless_near=r"{settled}|喜欢(?:就|的话|可以|再)|方便的话|自愿|没关系|与否",
        matches="转发本条消息到朋友圈，截图找客服领5元红包",
        spares="把链接转给爸妈一起挑，满99元包邮",
    ),
    _row(
        code="sharing.reward_near",
        expression=r"{outreach}<30>{benefit}|{outreach}<16>(?:就|即|便|都|可以|可)<4>(?:白送|送你|归你|拿走|拿到|带走|属于你|解锁|是你的|免费|收到|有)|{share}<4>(?:完|好|了|后)<6>(?:给您?你?寄|送您?你?|找我|来我|联系我|私我|截图|领|拿)",
        unless=r"{order}|{settled}|满\s*\d+元|一起(?:吃|喝|用|逛|挑)|佣金|价格(?:不变|一样)",
        unless_near=r"{settled}|喜欢(?:就|的话|可以|再)|欢迎(?!转|分享|来)|方便的话|自愿|没关系|与否|(?:祝|红包)(?:福|封面)|(?:请|可)联系客服<6>(?:退|换)",
        matches="凡把海报发到朋友圈并保留一天的，凭截图到店换奶茶",
        spares="喜欢就转给朋友看看，今晚领券中心还有券",
    ),
    _row(
        code="sharing.reward_somewhere",
        outcome=Outcome.REVIEW,
        channels=_OUTSIDE_WEB,
        expression=r"(?:转发|分享(?:到|至|给|本|此|海报|链接|活动|朋友圈|小程序|我们)|朋友圈|发圈|扩散|进群|拉群|拉人|邀请<4>(?:好友|朋友|新人)|点赞|集赞)<s40>(?:免费(?:领|送|拿|得|抽|试)|领取|红包|现金|奖品|奖励|礼品|大礼|礼包|立减|返现|返\d|返你|解锁|赠送|白送|抽奖|抽\d|中奖|瓜分|免单|试用装|半价|送你|送您)|(?:红包|现金|免费领|免费送|免费拿|大礼包|礼包|免单|奖品)<s30>(?:转发|分享(?:到|至|给|本|此|海报|链接|活动|朋友圈)|发圈|朋友圈|拉人|进群|邀请<4>(?:好友|朋友|新人)|集赞|点赞)",
        unless=r"{order}|{settled}|佣金|封面|祝福|退款|与<6>无关|骗|谣言|感谢|谢谢|注明出处|查看",
        unless_near=r"喜欢|欢迎(?!转|分享|来)|方便的话|自愿|没关系",
        matches="活动很简单。海报发到朋友圈就行。晚上群里发红包",
        spares="喜欢可以分享到朋友圈。本周会员日领取的券周日到期",
    ),
    _row(
        code="sharing.deal",
        expression=r"(?:先|你|您|一|每|凡)转<3>(?:后|再|我|就|者|的)<3>(?:领|送|给|返|得|发(?!货))|转(?:发)?(?:一|1|\d)次<3>(?:送|得|给|返|领)|谁<4>(?:分享|转发|邀请|带来|拉)<16>(?:第一|奖|拿|得|领|送)|(?:填|输入|使用)<3>邀请码<10>(?:得|领|送|返|红包|现金)|(?:点赞|关注|转发|评论|收藏)<1>(?:点赞|关注|转发|评论|收藏)<1>(?:点赞|关注|转发|评论|收藏)?(?:三连)?<14>(?:{benefit}|发<2>(?:资料|红包|券|暗号))",
        unless=r"{order}|{settled}|佣金",
        matches="先转后领，转一次送一包",
        spares="谁的图最好看，我们就印在日历上",
    ),
    _row(
        code="sharing.kept_online",
        expression=r"(?:朋友圈|海报|发(?:布|到)?<4>(?:动态|视频|图片|笔记|小红书|抖音)|转发|发布|发圈)<10>(?:保留|不删|不可删除|挂满?|停留|置顶)<4>(?:\d+|[一二两三四五六七八九十])<1>(?:个)?(?:小时|天|h|周)",
        matches="发小红书并保留3天",
        spares="动态密码保留3分钟",
    ),
    _row(
        code="sharing.piece_rate",
        expression=r"每(?:来|有|扫|加|进|注册|新增|带来)<14>(?:奖|得|给|返|送|到账)<3>\d|(?:点击|打开|浏览|扫码|注册)<4>你(?:就|即|可|便|都)?(?:能)?(?:得|赚|有)<4>(?:\d|积分|现金|红包|钱|奖)|(?:每|多)(?:成功)?(?:发|转发?|丢|分享|推送?|邀请?|拉|群发|推荐)(?:到|进|来|入)?<8>(?:给你?|得|奖励?|到账|[+]|返|送|赚|加|计|多)<4>(?:\d|[一二两三五十]+[元块毛分]|红包|积分|一次|抽)",
        unless=r"{order}|{settled}|佣金",
        matches="每分享一次账户余额加0.5元",
        spares="每推荐一本书，我们都会附上目录",
    ),
    _row(
        code="sharing.reward_for",
        expression=r"{share}<3>(?:有礼|有奖|有惊喜|送(?!到|货|达|给|上|至|往)|领(?!导|口)|赢|返(?!回|程)|抽(?!纸|烟)|得(?=\d|现|红|礼|券|奖|积))|{share}<8>(?:即可?|就能?|就可以?|便可?|后可?|可以?|立马?|马上|均可?|都可?|还能|也能|完)<3>(?:领|得(?!知|到消息)|送(?!到|货|达)|获|抽(?!纸)|赠|返(?!回)|免单|提现|减|打折|半价|有礼|有奖|拿)",
        unless=r"{order}<6>(?:佣金|才|后)|佣金|拼团价|团购价",
        matches="分享即送",
        spares="分享后可以在“我的佣金”里查看好友下单产生的佣金",
    ),
    _row(
        code="sharing.reward_on_purchase_by_sharing",
        expression=r"{share}<8>(?:下单|购买|付款|支付|结算|买)?<4>(?:立减|再减|直减|减\d|半价|打\d?折|[一二三四五六七八九\d]折|优惠\d|少付|返\d|返现)",
        unless=r"好友(?:下单|购买|付款)|{friends}<4>(?:确认收货|收货)",
        matches="转发到群里下单立减10元",
        spares="分享给朋友，大家都能按团购价购买",
    ),
    _row(
        code="sharing.reward_before",
        expression=r"(?:{get}<8>)?{reward}<12>(?:条件|方式|方法|步骤|规则|秘诀|只需|只要|需要|需|须|前提|先|仅需|[:]|动动手指|动动小手)<14>{share}",
        unless=r"{order}|{settled}|不需要|无需|无须|只要<4>元",
        matches="免费领取试用装，只需把海报发到三个微信群",
        spares="领取优惠券只需登录，无需做别的",
    ),
    _row(
        code="sharing.many_groups",
        expression=r"(?:{share}|发|推|甩|丢|传)<6>(?:满|够|达|到)?(?:\d+|[二两三四五六七八九十])\s*(?:个)?以?上?(?:微信|不同的?|宝妈|业主|百人)?(?:群|朋友圈)(?!人|里的人)",
        matches="把这张图发到5个群",
        spares="本店在两个群里同步发货通知",
    ),
    _row(
        code="sharing.many_friends",
        expression=r"{share}<4>(?:满|够|达|到)?(?:\d+|[二两三四五六七八九十])(?:个|位|名)<3>{friends}<12>(?:即|就|可|才|后|截图|解锁|得|领|送|免|完成)",
        unless=r"{order}|一起(?:吃|喝|用)|冷藏|够分享",
        unless_near=r"够分享",
        matches="转给3位好友后即可解锁隐藏价",
        spares="一份够分享给3位家人，冷藏保存即可",
    ),
    _row(
        code="sharing.more_chances",
        expression=r"{share}<12>(?:增加|多[一得送]?|加|额外|再[得送加]|[+]|提高|翻倍|赠)<6>(?:机会|次数|概率|几率|中奖率|抽|次|倍)|(?:机会|次数|概率|几率|中奖率)<8>{share}",
        unless=r"{order}",
        matches="分享给好友可额外增加两次抽奖机会",
        spares="机会难得，欢迎到店品尝",
    ),
    _row(
        code="sharing.earn",
        expression=r"(?:{share}|推广|发圈)<6>(?:就|即|能|可|也能|天天|轻松|一次|即可|直接|能够|还能)<3>赚(?!佣)<6>(?:钱|现金|\d|[一二三四五六七八九十百]+[元块]|红包|零花|米|积分|金币)",
        unless=r"{order}|佣金",
        matches="动动手指分享就能赚零花钱",
        spares="好友通过您的分享下单并收货后，您可赚取佣金",
    ),
    _row(
        code="sharing.forced",
        rule_key="wechat.forced_share",
        advice=_FORCED,
        expression=r"{share}<8>(?:后|才|之后|完|成功)<4>(?:点开|揭晓|出结果|结果|答案|看到|可见|显示|弹出|打开|查看(?!物流|佣金))|(?:下半|后续|完整|全文|剩余|隐藏|结局|答案|精彩)<8>(?:转发|分享)<4>(?:后|可|看|才|即)|{share}<10>(?:才能|才可|才会|才有|才给|方可|方能|之后才|后才|后即?可|后解锁|即可|就能|就可|解锁)<8>(?:继续|查看|观看|看到|看|阅读|解锁|打开|进入|下载|使用|购买|下单|显示|发货|复活|参加|参与|抢|结果|答案|全文|价格|隐藏|下一|进群|报名|退款|提交)",
        unless=r"查看(?:佣金|访问|数据|物流)",
        matches="分享到群后才能查看完整价格",
        spares="分享记录可在后台查看",
    ),
    _row(
        code="sharing.withheld",
        rule_key="wechat.forced_share",
        advice=_FORCED,
        is_literal=True,
        expression=r"(?:转|分享|关注|点赞)<14>(?:否则|不然)<6>(?:不|没|无|下期)|(?:未|没有?)(?:分享|转发|关注)<2>(?:用户|的|者|好友)<8>(?:不|无|仅|只)|(?:只|仅)(?:有|允许|限|对|发给|送给)<6>(?:转发|分享|关注|点赞|拉人|邀请)<4>(?:的|过|才)(?!优惠)|不(?:关注|转发|分享|点赞|加群|进群|拉人|转)(?:的|就|者)?<8>(?:无效|不算|作废|自动放弃|踢|不予|取消)|(?:不|没|未|不肯|不愿)(?:{share}|{follow}|点赞|评论|转)<8>(?:不(?!影响|要紧|收|勉强|强求)|无法|没法|没有|别想|休想|就没|视为|领不|拿不|看不|得不|禁止|失去|作废)",
        unless=r"不强求|也没关系|没有关系|都不影响|不会影响|不影响",
        matches="不转发不发货",
        spares="不分享也照样发货",
    ),
    _row(
        code="sharing.required",
        rule_key="wechat.forced_share",
        advice=_FORCED,
        outcome=Outcome.REVIEW,
        expression=r"(?:必须|务必|一律|强制|请先|需先|先行|都要|都得|统一|人人|全员|要求|记得|须|得先)<4>{share}(?!.{0,4}(?:地址|截图给客服|订单))",
        unless=r"群规|转发给我|发给我|确认|转到(?:人工|客服|账户)|注明",
        matches="所有团员必须转发朋友圈",
        spares="请先确认地址，再转给家人核对",
    ),
    _row(
        code="sharing.likes",
        advice=_LIKES,
        expression=r"互赞|求赞|帮<3>点赞|(?:集|攒|凑)(?:齐|够|满)<4>(?:颗|个)?(?:爱心|小心心|心(?!情|愿|意)|小红花)|(?:集|攒|凑|求|满|够|收集|积攒|刷)(?:齐|够|满|到)?\s*(?:{number}|n)?\s*(?:个|枚|颗)?(?:点|小|爱心)?赞(?!助|扬|美|叹|不绝|誉|同|许|成)|(?:{number})个?赞<6>(?:送|领|换|得|兑|免|减|可)|点?赞<4>(?:满|达|超|过|最多|前|够|破|到)<3>(?:百|千|万|\d)|点赞<4>(?:数|最多|前)<8>(?:送|领|换|得|奖|免|名|返|可)",
        matches="集满38个赞送鸡蛋一盒",
        spares="谢谢大家的点赞和鼓励",
    ),
    _row(
        code="sharing.praise",
        rule_key="groupbuy.invented_people",
        advice=_LIKES,
        expression=r"(?:好评|五星|5星|满分|带图评价|晒图|晒单|晒朋友圈|追评)<10>(?:返(?!回|修)|奖|送(?!货|到|达)|领|红包|换|免|得\d|可得|抽|退\d|补\d|补贴|话费)|好评返现",
        unless=r"晒单<4>(?:不限|真实)",
        matches="五星好评加晒图返3元红包",
        spares="欢迎留下真实评价，好评差评我们都看",
    ),
    _row(
        code="sharing.invite_reward",
        rule_key="reward.only_settled_orders",
        advice=_INVITED,
        expression=r"(?:邀请|邀|推荐|介绍|喊|叫|带|拉|约|老带新|拉新|请)(?!函|客服|勿|联系|收|查|提|留|确|填|注|放|务|您|在|于|按|于)(?:上|来|到)?<4>(?:{number})?(?:个|位|名)?{friends}<18>(?:{get}<6>{reward}|(?:即|就|各|可|均|双方|立|都|俩|还)<3>(?:送|得|领|返|奖|赚|有)|有奖|有礼|大礼|现金|红包|免单|话费)|(?:邀请|邀|拉新)(?:好友|朋友|友|新)?(?:得|领|送|返|赚|有|赢|拿)|(?:邀请|推荐|介绍|拉来|带来)的?<3>(?:每)?<1>(?:位|个|名)<4>(?:用户|人|好友|会员|客户|朋友|粉丝)<14>(?:{benefit}|奖励|\d元)",
        unless=r"{order}|{settled}|一起(?:吃|喝|逛|拼)|拼团价|到货|团购价|佣金",
        unless_near=r"{settled}",
        matches="邀请好友注册，双方各得10元现金",
        spares="邀请好友参团，人满即成团，按团购价结算",
    ),
    _row(
        code="sharing.invite_reward_on_order",
        rule_key="reward.only_settled_orders",
        advice=_INVITED,
        outcome=Outcome.REVIEW,
        channels=_OUTSIDE_WEB,
        expression=r"(?:邀请|推荐|介绍|喊|叫|带|拉|老带新)<4>(?:{number})?(?:个|位|名)?{friends}<6>(?:下单|购买|首单|付款|消费)<8>{get}<6>(?:红包|现金|券|积分|话费|免单|\d+元|返现)",
        unless_near=r"{settled}|佣金|拼团|参团|成团",
        matches="邀请好友下单，你立得20元红包",
        spares="邀请好友下单，好友确认收货并过了退货期后，你得20元券",
    ),
    _row(
        code="sharing.invite_back",
        rule_key="reward.only_settled_orders",
        advice=_INVITED,
        expression=r"(?:现金|红包|免单|话费|流量|积分|大奖|好礼|奖励|礼品|会员)<14>(?:只要|只需|需|须|仅需|前提|凭|靠)<4>(?:邀请|拉|找|喊|推荐)<4>(?:{number})?(?:个|位|名)?{friends}",
        unless=r"{order}|{settled}",
        matches="50元现金免费送，只需拉3个新人注册",
        spares="会员生日礼品只需到店领取",
    ),
    _row(
        code="sharing.group_size",
        advice=_CROWD,
        expression=r"(?:群|人数|本群|群里|群内)<6>(?:满|到|够|突破|达到|凑够)\s*{number}\s*人?<8>(?:发|抽|送|抢|开抢|放|上新|解锁|红包|福利|立减|就)",
        unless=r"成团|拼团|发货|开团|解散",
        matches="群满200人就发红包，快拉人",
        spares="满3人成团发货",
    ),
    _row(
        code="sharing.join_group_reward",
        advice=_FOLLOW,
        outcome=Outcome.REVIEW,
        channels=_OUTSIDE_WEB,
        expression=r"(?:{follow}|扫码关注|关注本|关注<3>号|扫码<6>加(?:群|好友|微信|我|店长))<20>{benefit}|{follow}<12>{get}<8>{reward}|{follow}<4>(?:即|就|立|后|可)<2>(?:送|领|得|返|抽|有礼)|{get}<6>{reward}<10>(?:关注|加)<4>(?:公众号|我|微信|客服|群)",
        unless=r"{order}|{settled}|发票|物流|售后|退款|领取(?:快递|包裹|货)|取货|自提",
        matches="关注公众号即可领取10元红包",
        spares="关注公众号可查询物流进度",
    ),
    _row(
        code="sharing.follow_forced",
        rule_key="wechat.forced_share",
        advice=_FORCED,
        channels=_OUTSIDE_WEB,
        expression=r"(?:关注|订阅|加群|点赞|评论|注册)<10>(?:才能|才可|方可|后才|才会|才给|方能)<8>(?:查看|看|领|参加|参与|发货|继续|解锁|购买|下单|进|获|抽|用)",
        unless=r"下单|{settled}",
        matches="关注后才能看到答案",
        spares="关注发货进度请看订单页",
    ),
    _row(
        code="sharing.tagging",
        expression=r"(?:@|艾特|圈出)\s*(?:\d+|[一二两三四五六七八九十])(?:个|位|名)?<3>{friends}<12>(?:送|领|抽|得|奖|赢|机会|免|福利|截图|一起)",
        matches="评论区@两位好友，抽一人送口红",
        spares="有问题请@客服",
    ),
)

ENGLISH: tuple[Pattern, ...] = (
    _english(
        code="sharing.en_reward_after",
        expression=r"\b{e_share}\b<w14>{e_get}\b<w6>{e_reward}|\b{e_outreach}\b<w14>{e_gift}|\b{e_share}\b[^.!?\n]{0,60}[.!?;] {0,2}<w0>(?:there(?:\'s| is)<w4>)?(?:a |small |free )*(?:gift|reward|coupon|voucher|surprise|red (?:packet|envelope)|treat|thank-you)s?<w3>(?:for|to)<w1>(?:everyone|everybody|all|each|anyone|whoever|those)",
        unless=r"{e_order}|commission|\bmeal\b|group price|share the (?:news|joy|love)|sharing your",
        unless_near=r"{e_settled}|if you (?:like|want|enjoy)|feel free|up to you",
        matches="Share this poster in your moments and we'll send you a red packet",
        spares="Share the link with your family if you like it; the price stays the same",
    ),
    _english(
        code="sharing.en_reward_before",
        expression=r"\byou (?:share|post|forward|repost)\W+we\b|\b(?:want|need|fancy|like)\b[^.!?\n]{0,60}\?\W{0,3}(?:just |simply |then )?{e_outreach}|\b{e_get}<w4>(?:each|every) time you<w1>{e_share}|\b(?:coupon|voucher|gift|reward|red (?:packet|envelope)|prize|discount|price|bonus)\b<w8>(?:after|once|when|as soon as|if|until) you(?:\'ve| have)?<w1>{e_share}|\b{e_get}<w6>{e_reward}<w10>(?:when|if|by|for|after|once|just|simply|as soon as|to everyone who|to whoever|to all who|in return for|in exchange for|every time|each time|per|-|:)<w3>{e_share}",
        unless=r"{e_order}|commission|free to share",
        matches="Get a free sample: just forward this message to two groups",
        spares="Get free delivery when you order for 99 yuan; share the news or keep it to yourself",
    ),
    _english(
        code="sharing.en_many",
        expression=r"\b(?:send|forward|pass|repost|paste|drop|(?:share|post) (?:this|it|our|the))\b<w5>(?:to|with|in|into|on)<w2>(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twenty|every|all your)<w2>(?:people|friends|groups?|group chats?|contacts|chats?)\b",
        unless=r"{e_order}|meal|dinner|table|size",
        matches="Send this to ten people tonight",
        spares="A pizza to share with two friends",
    ),
    _english(
        code="sharing.en_forced",
        rule_key="wechat.forced_share",
        advice=_FORCED,
        expression=r"\b(?:unlock|continue|access|open|see|view|enter|reveal|check out)\b<w5>(?:by|after|once|when)<w2>{e_share}|\b{e_share}\b<w6>(?:unlocks?|opens|activates|releases|reveals) (?:it|the|your|a)|\b{e_share}\b<w12>(?:to|before (?:you|we)|in order to|and then|then|until|so you can|and you can|unlocks?)<w2>(?:continue|unlock|see|view|read|open|access|check ?out|proceed|order|reveal|watch|participate|enter|join in|collect|ship|the (?:hidden|full|secret|real))",
        unless=r"so (?:they|others)|(?:they|friends) (?:can|may)|open to",
        matches="Share to three groups to unlock the hidden price",
        spares="Share the recipe so others can cook it too",
    ),
    _english(
        code="sharing.en_required",
        rule_key="wechat.forced_share",
        advice=_FORCED,
        expression=r"\b(?:must|have to|need to|required to|has to|needs to|are to|compulsory to)<w2>{e_share}",
        unless=r"do not|don'?t|never",
        matches="You must repost this in your moments",
        spares="You do not have to share anything before we ship",
    ),
    _english(
        code="sharing.en_withheld",
        rule_key="wechat.forced_share",
        advice=_FORCED,
        is_literal=True,
        expression=r"\bonly (?:those|people|members|customers|users|fans) who (?:have )?<w1>{e_share}|\bno (?:shar(?:e|ing)|forward(?:ing)?|repost(?:ing)?|likes?)\W+no \w+|\b(?:won'?t|will not|cannot|can'?t|no|not|only)\b<w8>(?:until|unless|if|after|once|before) (?:you|they|everyone|it)<w4>(?:shared?|forward(?:ed)?|repost(?:ed)?|posted)",
        unless=r"do not|don'?t|never|nobody|no one|not have to|not need|no need|not required",
        matches="We won't ship until you have shared this",
        spares="We ship whether you shared it or not",
    ),
    _english(
        code="sharing.en_likes",
        advice=_LIKES,
        expression=r"\b(?:collect|gather|get|reach|hit|with|first (?:to|with))\b<w4>\d+ (?:likes|thumbs|hearts)|\b\d+ (?:people|friends|others)<w2>(?:like|heart|upvote)|\b\d+ likes\b<w8>(?:free|get|gift|win|coupon|prize|off|earn)|\b(?:like|likes|comment|commenting)\b<w6>(?:and|&|to)\W+(?:win|get|receive|claim|earn)<w5>{e_reward}",
        matches="Collect 38 likes under your post and get a free box of eggs",
        spares="Thanks for 38 likes under our post",
    ),
    _english(
        code="sharing.en_praise",
        rule_key="groupbuy.invented_people",
        advice=_LIKES,
        expression=r"\b(?:5|five)[- ]?stars?\b<w12>{e_reward}|{e_reward}<w8>\b(?:for|in (?:return|exchange) for|if you leave)\b<w4>(?:(?:5|five)[- ]?star|positive|good|glowing|nice) (?:review|rating|feedback)|\b(?:positive|good|glowing) review<w8>{e_get}<w4>{e_reward}",
        matches="Leave a five-star review and get 5 yuan cash back",
        spares="Leave an honest review, whether you liked it or not",
    ),
    _english(
        code="sharing.en_invite_reward",
        rule_key="reward.only_settled_orders",
        advice=_INVITED,
        expression=r"\b(?:each|every|per)<w1>(?:click|scan|view|visit|share|repost|sign-?up|registration|forward|tap|referral)s?\b<w8>(?:worth|points?|yuan|coins?|pays?|[¥$]\d|cash|earns?|credit)|\b(?:each|every|per|any)<w1>{e_people}\b<w6>(?:register|sign|join|install|scan|follow|add|enrol|subscrib|download)\w*\b<w12>(?:yuan|[¥$]\d|coupon|reward|cash|points|gift|credit|voucher|red packet|bonus|coins?)|\b(?:invit(?:e|es|ing)|refer(?:ring)?|bring(?:ing)?|introduc(?:e|ing)|add(?:ing)?|get)<w2>{e_people}\b<w10>(?:{e_get})<w5>{e_reward}|{e_reward}<w5>(?:for|per|when|if|each time|every time)<w4>(?:friend|person|contact|newcomer|head|invitee|people|friends|invite|sign-?up)s?\b<w4>(?:you )?(?:invite|refer|bring|add|who (?:joins|signs|registers)|join|register|sign|introduce|scan)",
        unless=r"{e_order}|group price|commission|in your name",
        unless_near=r"{e_settled}",
        matches="Invite two friends to register and get 20 yuan in cash",
        spares="Invite friends to your group buy; when it is full everybody gets the group price",
    ),
    _english(
        code="sharing.en_follow_reward",
        advice=_FOLLOW,
        outcome=Outcome.REVIEW,
        channels=_OUTSIDE_WEB,
        expression=r"\b{e_follow}<w12>{e_get}\b<w6>{e_reward}|\b{e_follow}<w10>{e_gift}|\b{e_get}\b<w5>{e_reward}<w6>(?:when|if|by|for|after|once|just|simply) (?:you )?{e_follow}|\b(?:follow|scan|join)\b<w6>(?:to|and) (?:get|claim|receive|win|unlock)\b<w5>{e_reward}",
        unless=r"{e_order}|invoice|tracking|parcel",
        matches="Follow our WeChat account to claim a free gift",
        spares="Follow our account to see when your parcel arrives",
    ),
    _english(
        code="sharing.en_tagging",
        expression=r"\btag(?:ging)? (?:\d+|two|three|four|five|ten|your|a|some)\b<w3>(?:friends?|besties?|pals|people|mates|buddies|mum|mom|sister|partner)<w12>(?:win|get|enter|chance|prize|free|gift|draw|reward|unlock)",
        matches="Tag three friends below for a chance to win",
        spares="Tag us in your photo if you like",
    ),
    _english(
        code="sharing.en_group_size",
        advice=_CROWD,
        expression=r"\b(?:once|when|as soon as|if)\b<w4>(?:group|chat|we)\b<w4>(?:reach(?:es)?|hits?|has|gets? to|grows? to)<w1>\d+\b<w10>(?:red packet|gift|free|prize|drop|give|draw|unlock|coupon)",
        unless=r"{e_order}|group (?:buy|price)|ship",
        matches="Once this group reaches 200 members I'll drop a big red packet",
        spares="Once the group has 3 buyers, it ships",
    ),
)

ROWS: tuple[Pattern, ...] = (*CHINESE, *ENGLISH)
