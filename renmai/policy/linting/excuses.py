"""What makes a phrase honest: it is denied, forbidden, called off, warned of or asked about. "No need to share" asks nobody to share."""

import re

_FILLER = (
    r"(?:您|你|大家|任何人?|用户|客户|顾客|再|去|把|将|通过|以|靠|因为?|进行|形式的?|的|要求|强制|诱导|鼓励|让|给|被|对|向|跟|和|与|参与|参加|设置?|设有|提供|搞|做|玩|组织|发起|支持"
    r"|会|能|可以|要|有|是|存在|接受|允许|用|朋友|好友|群里|到|在|微信|这种|这类|什么|所谓|一些|多级|各种|此类|先|来|发|收取?|缴纳?|交|付|宣传|承诺|保证|使用|出现|涉及|含有?|包含|属于|想|敢|需要?|必须?|虚"
    r"|读取|索要|索取|收集|公开|询问|这里|本群|群内|群|谁|别人|出示|透露|帮|你的|您的|他们|这个|活动|商品|产品|具有|具备|声称|宣称|自称|说|叫|为|是为了|任何的|半点|一个|一分|也|都|就|还|过|了|额外|自己|随意|向好友|向您)*"
)
_DENIED = re.compile(
    r"(?:无需|无须|毋须|不需要?|不用|不必|不要求|没有要求|没要求|从不|从未|从来不|从来没有?|绝不|绝对不|决不|永不|永远不|不会|不能|不可以?|不得|不许|不准|不允许|不支持|不提倡|不接受|不存在|不涉及|不含|不属于|不算|不以|不靠|不因|不按|不搞|不做|不玩"
    r"|不设|不收|不卖|不发|不送|不给|不让|不请|不打|不拿|不敢|不是|不为|不再|不参与|不鼓励|不诱导|不强制|不一定|没有|没|无|非|并非|并不|并未|未|未曾|免|零|(?<![\d.])0|请勿|切勿|勿|(?<![特分个级区类告])别|禁止|严禁|拒绝|拒|抵制|杜绝|取消了?|告别|停止|避免|防止|反对|不"
    r"|不敢说|谈不上|算不上|称不上|不想|不强求|不承诺|不代表|不等于|也不|更不|既不|不含有?|毫无|绝无|远离)" + _FILLER + r"$"
)
_NEGATED = re.compile(
    r"(?:不(?:是|写|说|叫|讲|做|搞|设|玩|兴|会|敢|许|让|吹|拿|靠|推)|没有?(?:找|说|写|做|搞|叫|让|提)|没有|别(?:听|说|写|信|拿|让人|跟|去|加|告诉))(?!门槛|套路|限制|上限|虚|见过|什么难|错|任何|要求|消费|押金|隐藏|别的|成本|其他|了|废话|多|骗|开玩笑|吹|假|[^,。]{0,4}(?:白|亏))[^,。!?;:\n]{0,8}$"
)
"""A plain denial just before, whatever stands between."""
_DENIED_LIST = re.compile(
    r"(?:不玩|不搞|不兴|别搞)(?!虚|套路)[^,。!?;:\n]{0,8}$|(?:不搞|不做|不玩|不得|不会|不需要?|不用|无需|不设|不收|不含|没有|禁止|严禁|拒绝|从不|绝不|不参与|不支持|不允许|请勿|抵制|杜绝|无|谢绝|不能|不可以?|不)[^,。!?;:\n]{0,24}(?:、|或者?|和|及|以及|与|跟|/|也不)[^,。!?;:\n]{0,10}$"
)
_FORBIDDEN = re.compile(
    r"(?:不要|请勿|勿|别|禁止)(?:在|再|往|到|随意|乱|继续|大家)[^,。!?;\n]{0,8}(?:发|转|贴|刷|传|点)[^,。!?;\n]{0,12}$"
    r"|(?:禁止|严禁|严打|不允许|不得|不许|不准|谨防|警惕|当心|小心|抵制|杜绝|举报|打击|整治|查处|处罚|清退|识别(?=骗|诈|谣|假|套路|传销)|识破|揭秘|防骗|反诈|(?<!不是)(?<!绝非)(?<!并非)(?<!不会是)(?:骗局|骗子|诈骗)|勿信|别信|不要相信|不要轻信|切勿轻信|如遇|遇到(?!不让|敏感|违禁)|如果?有人|若有人|(?:如果?|要是|假如)(?:收到|弹出|看到|看见|接到|有谁)|任何(?:人)?(?:让|叫|要求?[您你我]|以|打着|自称|承诺)|凡是?(?:让|叫|要求|打着)(?!大家)|谁说|别人家?(?:都)?说|(?:听|有)(?:人|亲戚|朋友)(?:说|讲|拉我)|冒充|打着|有人(?:发|收到|传|以|让|叫|要求|问(?!怎么|在哪|哪)|说|私|拿|打电话)|(?:用|以|借)[^,。]{0,3}我们?的?名义|冒用|声称|别再?(?:拿|搞)|别让人|凡是?(?:跟|对|向)|请?删(?:去|掉)|自称|声称要|违反|绝不会|从不会|从来不会|我们不会|平台不会|客服不会)[^。!?;\n]{0,40}$"
)
_AFTER = re.compile(
    r"^[^,。!?;\n]{0,10}?(?:已经?(?:全部)?(?:取消|下线|停止|结束|关闭|终止|暂停|作废)|(?:活动|玩法|功能|规则)?(?:取消|下线)了|不再(?:有|提供|支持|举办|进行|开展|使用|适用)|(?:后来|现在|如今)[^。!?;\n]{0,14}(?:就|已)?(?:停了|停办|不做了|不搞了|取消了)|不存在|不可信|不属实|不会有)"
    r"|^[^。!?;\n]{0,16}?(?:(?:都|均|就|那)?(?:是|属于|为|涉嫌)(?:骗局|骗子|诈骗|谣言|违规|违法|假的|虚假|传销|骗人|被禁止|不合规|不允许)|(?:违规|违法|被禁止|不允许|不合规)的?(?:$|[,。!;\n])|(?:请|都|务必)?(?:勿信|别信|不要相信|别相信|不要轻信|别上当|请举报|举报)|(?:一律|一经发现|将被?|会被)(?:立即|直接)?(?:清退|移出|封|处罚|取消资格|踢|拉黑|无效|下架)|不予(?:支持|认可|发放)|(?:不是|并非)(?:我们|本店|我|本群)[^,。!?;\n]{0,3}(?:发|做|搞|办)的?|(?:已|已经)?(?:请|让)[^,。!?;\n]{0,3}撤回|请勿(?:点|信|参)|不要(?:点|信|参与)|(?:千万)?(?:别|请勿|不要)(?:乱|再|轻易|随便)?(?:点(?!赞)|信|理会?|上当|扫(?!兴))|请?(?:绕开|绕道|拉黑))"
    r"|^[^。!?;\n]{0,8}?(?:和|与|跟)[^,。!?;\n]{0,8}无关"
)
_DISOWNED = re.compile(
    r"^[^\n]{0,80}?(?:别信(?=[,。!它了他她谣这]|$)|别上当|(?:不要|切勿)(?:轻)?信|报了?警|已?拉黑(?:了|处理)|请?(?:截图)?举报|官方(?:没有?|从未|并未)|请?(?:别|勿|不要)再(?:转|传)|是谣言|辟谣|(?:都|就)?不是(?:我们|本店|本群|我店)(?:的|发|家|店|做|$|[,。!])|(?:与|跟|和)(?:我们|本店|本群)(?:没关系|无关)|(?:我们|本店|店里|咱们?|我|公司)(?:从来|从|绝|坚决|早就?)(?:都|也)?(?:没|不|停)(?:发|做|搞|收|参与|这么|了|玩)(?!虚|套路|做作)|不敢(?:认|保证|乱说|这么说)|(?:后来|早就?|已经?)(?:都|全)?(?:取消|停办)|违反(?:平台|广告|相关)?(?:规定|规则|法)|没有(?:任何|科学)?依据|不予(?:上架|通过)|罚起来|从未(?:开展|举办|授权)|(?:本店|我们|我)(?:也)?不(?:售|卖这|拿这)|就别买|转身走|12315|(?:打|拨打?)110|就是传销|反传销|(?:各位|大家|你们?|您)?也?别去|不能(?:这么)?写|已经?(?:帮您)?删(?:掉|除)|不转也(?:照样|没|一样)|别这么(?:传|说|写)|千万(?:不要|别)(?:这样|学|停|信)|不能代替|快回去找|(?:别|勿)(?:点|信|碰|理|学)(?:了|它|她|他)?(?=[,。!]|$)|(?:我|我们)(?:没答应|回绝|拒绝|回他|回她)|踩(?:了)?线|红线|都?当假的|绕(?:着|道)?走|绕开|违反(?:了)?哪|退回去?改|直接截图)"
    r"|^[^。\n]{0,12}?(?:我们|咱们?|本店|这里|这儿|店里|本群)(?:这(?:里|儿|边))?(?:都|也|一律|可)?(?:不|没)(?:发(?!货)|做(?!广告)|搞|参与|玩|设|兴|弄|有|接)(?!虚|套路|门槛|上限|限制)"
    r"|^[^,。]{0,2}(?:我们?|咱们?)?(?:不敢|可不敢|不好)(?:说|认|当|夸)|^(?:就|都|也|一概)?(?:不用|不要|不收|不看|不需要|无需)(?=[,。!;给带交出填]|$)|^[^,。!?\n]{0,4}(?:就|请|一律|都|也)?别(?:给|报|填|交)"
    r"|^(?:[^,。!?\n]{0,8}[\"”」』》])?[\"'”」』》)]*的?(?:这|那)?(?:类|种|个|些|样|句|几个|两个)?(?:的)?(?:词|字眼|说法|话术|话|套路|谣言|帖子)[^。!?\n]{0,30}?(?:不让|不用|不写|不能|不敢|不发|不许|不准|不算数|烦|删|别|勿|违|禁|骗|假)"
)
"""What comes later in the text: a warning, that it is not ours, or that we do not dare to say so."""
_LESSON = re.compile(
    r"^[^\n]{0,12}?(?:风险提示|防骗(?:提醒|提示|课)|防诈(?!手机)|[防反]传销|(?:用语|文案)自查|审核要点|教你(?:看|识破|辨)|课堂讨论)"
)
"""A text that begins so tells of other people's tricks."""
_ASKED_ABOUT = re.compile(
    r"(?:[您你]们?(?:刚才|上次|昨天)?(?:说|问|提)|有(?:朋友|顾客|人|客人|邻居|姐妹|宝妈|客户)问|能否|能不能|有没有|是不是|可不可以|会不会|谁说)[^。!?;\n]{0,12}$"
)
_NO = re.compile(
    r"^[^!\n]{0,14}?(?:没有了?(?!门槛|套路|上限|限制|任何门槛)|不能(?!错过)|不是|不会|不做|不搞|不发|不可以|没这|早(?:就)?停|已经停|取消)"
)
_ASKED = re.compile(
    r"^[^。!\n]{0,8}?(?:吗|么|嘛|\?)[^\n]{0,8}?(?:没有|不需要|不用|不会|不是|假的|并没有|无需|无须|不能|不可以|不行|不必|不收|不要|不设|从不)"
)
_INSIDE = re.compile(
    r"不会(?!吃亏|后悔|亏)|不能|不可(?!错过)|不再|没有(?!门槛|套路|上限|限制|任何门槛)|并不|并无|并未|不给(?!钱)|不发(?!货)|不奖|不返|不产生|不计入?|不获|不享受?|不得(?:奖|到|任何|红包|获|领)|不要(?!错过|犹豫|钱|等)|请勿|禁止|不参与|不提供|不支持|不涉及|不含|不作为|不影响|不补(?!差)|不读取|别给|别自己|别告诉|别加|别转|不是抽|[治防降减瘦]不了|不与|不抽(?:奖|签)|无(?:免单|抽奖)|不是(?:瞎|乱|随便|编|虚|假)|不用(?:出示|带|交|填|提供|上传|转发|分享|拉人|关注)|不等于|不代表|不赠|不送|不另|不设(?!门槛|上限)|从不|从未|绝不|绝无|杜绝|不搞|没有虚|无任何(?!门槛|套路)|均无|都无|无奖|无关|毫无|无法获|与否"
)
_ALIKE = re.compile(r"^(?:与否|还是不|或不)")

_E_IDIOMS = re.compile(
    r"\b(?:not only|not just|no (?:cost|catch|limits?|strings(?: attached)?|experience|skills?|risk|brainer|time|need to wait|minimum|investment|doubt|effort|capital)|don'?t (?:miss|wait|forget|be late|hesitate|delay|sleep on)|never been easier|can'?t (?:wait|miss|lose)|no purchase (?:needed|necessary|required)|without (?:spending|paying|leaving|effort|lifting|doing|selling|any (?:effort|experience|cost|risk|selling))|nothing to lose|not joking|no joke|why not|if not|or not|stop (?:scrolling|waiting|paying)|no (?:selling|work|products?|stock|inventory) (?:needed|required|necessary)|never (?:worry|work))\b"
)
_E_DENIED = re.compile(
    r"\b(?:no|not|never|without|don'?t|do not|doesn'?t|does not|didn'?t|won'?t|will not|can'?t|cannot|can not|isn'?t|is not|aren'?t|nobody|no one|neither|nor|none|avoid|refuses?|instead of|rather than|bans?|banned|forbids?|forbidden|prohibit\w*|against|beware(?: of)?|report(?: any)?|cancel\w*|free of|zero|nothing|ignore|scams?|warning|anyone (?:who )?(?:asks|asking|promis\w+)|stopped|deleted|scrapped|abolished|dropped|reject\w*|remov(?:e|es|ed|ing)\b|detect|wasn'?t|we'?d rather|unlike|whether)\b(?:[^\w.!?;\n]+(?!(?:just|simply|but|only|so)\b)[\w'’%¥$-]+){0,9}?[^\w.!?;\n]*$"
)
_E_INSIDE = re.compile(
    r"\b(?:is not|are not|isn'?t|aren'?t|wasn'?t|does not|doesn'?t|do not|don'?t|won'?t|will not|never|nothing|no(?!\.)(?! ?1\b)(?! (?:purchase|limit|catch|strings|cost|minimum|need|experience|matter))|not(?! (?:only|just))|without(?! (?:limit|buying))|nobody|cannot)\b"
)
_E_AFTER = re.compile(
    r"^[^.!?\n]{0,60}?\b(?:(?:is|are|was|were|has been|have been|get|gets)\s+(?:now\s+|strictly\s+|not\s+)?(?:cancel\w*|over|banned|forbidden|against|allowed|prohibited|a scam|illegal|scams|removed|fake|ended|not allowed|permitted|breaking)|(?:will|would) be (?:removed|banned|reported|refused|closed|suspended|struck)|no longer|breaks? (?:the|our)|violat\w+|not (?:allowed|permitted|something we))\b"
    r"|^[^.!\n]{0,30}\?\s*(?:no|never|not|we don'?t|there is no|you don'?t)\b"
)
_E_WARNED = re.compile(
    r"\b(?:if (?:someone|anyone|anybody|somebody|a (?:stranger|caller|message))|beware|scams?|don'?t (?:enter|click|believe|join|trust)|(?:spot|recogni[sz]e) (?:a|an|the)|anyone (?:asking|claiming|who (?:asks|claims|tells|offers|sends))|(?:asks?|asked|wonder\w*) (?:whether|if)|(?:page|shop|account|message|caller|group|profile|post)s? (?:that |which |who )?(?:promis(?:es|ing)|claim(?:s|ing)?|pretend(?:s|ing)?|asking|asks))\b[^.!?\n]{0,120}$"
)
_E_DISOWNED = re.compile(
    r"^[^\n]{0,90}?\b(?:that'?s not us|(?:is|are|was)(?:n'?t| not) (?:us|ours|from us)|not ours|report (?:it|them|him|her|to)\b|block them|(?:it'?s|this is|they are|that'?s) a (?:scam|pyramid|trick)|nonsense|kept my money|(?:ring|call|ask) (?:her|him|them|us) first|we(?:'ve| have) (?:never|reported)|we never (?:ask|do|run|pay|send|offer|use|sell|write)|don'?t (?:click|reply|believe|trust|fall)|(?:is|are|was) (?:made up|fake|a hoax)|didn'?t send|out of this (?:chat|group)|frighten|risky|walk away|(?:was|is) a mistake|against the rules|sign down)\b"
    r"|^[\"'”]?\W{0,2}(?:are|is) (?:bad|wrong|unfair|no way)\b"
    r"|^[^\n]{0,30}[.?] (?:(?:they|it|no|we|you|this) (?:don'?t|doesn'?t|can'?t|cannot|isn'?t|aren'?t|won'?t)|(?:it|they|that)(?:'s|'re| is| are) not)\b|^[^.!?\n]{0,30}\b(?:should(?:n'?t| not) be|is not a thing)\b"
)
_SENTENCE_START = re.compile(r"[。!?\n]|\.\s")
_CLAUSE_START = re.compile(r"[,。!?;:\n()()【】「」]|\.\s")

REACH = 160
"""How many characters before and after a phrase are read to understand it."""


def is_honest(text: str, start: int, end: int, *, is_literal: bool) -> bool:
    """Whether what stands around ``text[start:end]`` takes the offence out of it.

    ``is_literal``: the phrase itself contains a denial ("who does not share gets nothing"), so that only a warning excuses it.
    """
    sentence, clause = _before(text, start, _SENTENCE_START), _before(text, start, _CLAUSE_START)
    after = text[end : end + REACH]
    if _LESSON.search(text) or _is_warned_of(sentence, after):
        return True
    if is_literal:
        return False
    inside = text[start:end]
    if (
        _DENIED.search(clause)
        or _NEGATED.search(clause)
        or _DENIED_LIST.search(clause)
        or _ASKED.search(after)
        or (_ASKED_ABOUT.search(sentence + inside) and _NO.search(after))
        or _INSIDE.search(inside)
        or _ALIKE.search(after)
    ):
        return True
    plainly = _E_IDIOMS.sub(" ~ ", sentence)
    return bool(_E_DENIED.search(plainly) or _E_INSIDE.search(inside) or _E_AFTER.search(after))


def _is_warned_of(sentence: str, after: str) -> bool:
    """Whether what comes before in the sentence, or later in the text, warns of a phrase or disowns it."""
    before = _FORBIDDEN.search(sentence) or _E_WARNED.search(sentence)
    return bool(before or _AFTER.search(after) or _DISOWNED.search(after) or _E_DISOWNED.search(after))


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence of ``text[start:end]``, as far as it is near."""
    after = text[end : end + REACH]
    boundary = _SENTENCE_START.search(after)
    return _before(text, start, _SENTENCE_START) + text[start:end] + (after[: boundary.start()] if boundary else after)


def _before(text: str, start: int, boundary: re.Pattern[str]) -> str:
    begin = 0
    for match in boundary.finditer(text, max(0, start - REACH), start):
        begin = match.end()
    return text[max(begin, start - REACH) : start]
