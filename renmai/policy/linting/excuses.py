"""What makes a phrase honest: it is denied, forbidden, called off, warned of or asked about. "No need to share" asks nobody to share."""

import re

_FILLER = (
    r"(?:您|你|大家|任何人?|用户|客户|顾客|再|去|把|将|通过|以|靠|因为?|进行|形式的?|的|要求|强制|诱导|鼓励|让|给|被|对|向|跟|和|与|参与|参加|设置?|设有|提供|搞|做|玩|组织|发起|支持"
    r"|会|能|可以|要|有|是|存在|接受|允许|用|朋友|好友|群里|到|在|微信|这种|这类|什么|所谓|一些|多级|各种|此类|先|来|发|收取?|缴纳?|交|付|宣传|承诺|保证|使用|出现|涉及|含有?|包含|属于|想|敢|需要?|必须?|虚"
    r"|你的|您的|他们|这个|活动|商品|产品|具有|具备|声称|宣称|自称|说|叫|为|是为了|任何的|半点|一个|一分|也|都|就|还|过|了|额外|自己|随意|向好友|向您)*"
)
_DENIED = re.compile(
    r"(?:无需|无须|毋须|不需要?|不用|不必|不要求|没有要求|没要求|从不|从未|从来不|从来没有?|绝不|绝对不|决不|永不|永远不|不会|不能|不可以?|不得|不许|不准|不允许|不支持|不提倡|不接受|不存在|不涉及|不含|不属于|不算|不以|不靠|不因|不按|不搞|不做|不玩"
    r"|不设|不收|不卖|不发|不送|不给|不让|不请|不打|不拿|不敢|不是|不为|不再|不参与|不鼓励|不诱导|不强制|不一定|没有|没|无|非|并非|并不|并未|未|未曾|免|零|(?<![\d.])0|请勿|切勿|勿|(?<![特分个级区类告])别|禁止|严禁|拒绝|拒|抵制|杜绝|取消了?|告别|停止|避免|防止|反对|不"
    r"|不敢说|谈不上|算不上|称不上|不想|不强求|不承诺|不代表|不等于|也不|更不|既不|不含有?|毫无|绝无|远离)" + _FILLER + r"$"
)
_DENIED_LIST = re.compile(
    r"(?:不搞|不做|不玩|不得|不会|不需要?|不用|无需|不设|不收|不含|没有|禁止|严禁|拒绝|从不|绝不|不参与|不支持|不允许|请勿|抵制|杜绝|无|谢绝|不能|不可以?|不)[^,。!?;:\n]{0,24}(?:、|或者?|和|及|以及|与|跟|/|也不)[^,。!?;:\n]{0,10}$"
)
_FORBIDDEN = re.compile(
    r"(?:不要|请勿|勿|别|禁止)(?:在|再|往|到|随意|乱|继续|大家)[^,。!?;\n]{0,8}(?:发|转|贴|刷|传|点)[^,。!?;\n]{0,12}$"
    r"|(?:禁止|严禁|严打|不允许|不得|不许|不准|谨防|警惕|当心|小心|抵制|杜绝|举报|打击|整治|查处|处罚|清退|识别(?=骗|诈|谣|假|套路|传销)|识破|揭秘|防骗|反诈|(?<!不是)(?<!绝非)(?<!并非)(?<!不会是)(?:骗局|骗子|诈骗)|勿信|别信|不要相信|不要轻信|切勿轻信|如遇|遇到|如有人|若有人|有人(?:发|收到|传|以|让|叫|要求|问|说)|自称|声称要|违反|绝不会|从不会|从来不会|我们不会|平台不会|客服不会)[^。!?;\n]{0,40}$"
)
_AFTER = re.compile(
    r"^[^,。!?;\n]{0,10}?(?:已经?(?:全部)?(?:取消|下线|停止|结束|关闭|终止|暂停|作废)|(?:活动|玩法|功能|规则)?(?:取消|下线)了|不再(?:有|提供|支持|举办|进行|开展|使用|适用)|(?:后来|现在|如今)[^。!?;\n]{0,14}(?:就|已)?(?:停了|停办|不做了|不搞了|取消了)|不存在|不可信|不属实|不会有)"
    r"|^[^。!?;\n]{0,16}?(?:(?:都|均|就|那)?(?:是|属于|为|涉嫌)(?:骗局|骗子|诈骗|谣言|违规|违法|假的|虚假|传销|骗人|被禁止|不合规|不允许)|(?:违规|违法|被禁止|不允许|不合规)的?(?:$|[,。!;\n])|(?:请|都|务必)?(?:勿信|别信|不要相信|别相信|不要轻信|别上当|请举报|举报)|(?:一律|一经发现|将被?|会被)(?:立即|直接)?(?:清退|移出|封|处罚|取消资格|踢|拉黑|无效|下架)|不予(?:支持|认可|发放)|(?:不是|并非)(?:我们|本店|我|本群)[^,。!?;\n]{0,3}(?:发|做|搞|办)的?|(?:已|已经)?(?:请|让)[^,。!?;\n]{0,3}撤回|请勿(?:点|信|参)|不要(?:点|信|参与))"
    r"|^[^。!?;\n]{0,8}?(?:和|与|跟)[^,。!?;\n]{0,8}无关"
)
_ASKED = re.compile(
    r"^[^。!\n]{0,8}?(?:吗|么|嘛|\?)[^\n]{0,8}?(?:没有|不需要|不用|不会|不是|假的|并没有|无需|无须|不能|不可以|不行|不必|不收|不要|不设|从不)"
)
_INSIDE = re.compile(
    r"不会(?!吃亏|后悔|亏)|不能|不可(?!错过)|不再|没有(?!门槛|套路|上限|限制|任何门槛)|并不|并无|并未|不给(?!钱)|不发(?!货)|不奖|不返|不产生|不计入?|不获|不享受?|不得(?:奖|到|任何|红包|获|领)|不要(?!错过|犹豫|钱|等)|请勿|禁止|不参与|不提供|不支持|不涉及|不含|不作为|不影响|不等于|不代表|不赠|不送|不另|不设(?!门槛|上限)|从不|从未|绝不|绝无|杜绝|不搞|没有虚|无任何(?!门槛|套路)|均无|都无|无奖|无关|毫无|无法获|与否"
)
_ALIKE = re.compile(r"^(?:与否|还是不|或不)")

_E_IDIOMS = re.compile(
    r"\b(?:not only|not just|no (?:cost|catch|limits?|strings(?: attached)?|experience|skills?|risk|brainer|time|need to wait|minimum|investment|doubt|effort|capital)|don'?t (?:miss|wait|forget|be late|hesitate|delay|sleep on)|never been easier|can'?t (?:wait|miss|lose)|no purchase (?:needed|necessary|required)|without (?:spending|paying|leaving|effort|lifting|doing|selling|any (?:effort|experience|cost|risk|selling))|nothing to lose|not joking|no joke|why not|if not|or not|stop (?:scrolling|waiting|paying)|no (?:selling|work|products?|stock|inventory) (?:needed|required|necessary)|never (?:worry|work))\b"
)
_E_DENIED = re.compile(
    r"\b(?:no|not|never|without|don'?t|do not|doesn'?t|does not|didn'?t|won'?t|will not|can'?t|cannot|can not|isn'?t|is not|aren'?t|nobody|no one|neither|nor|none|avoid|refuses?|instead of|rather than|bans?|banned|forbids?|forbidden|prohibit\w*|against|beware(?: of)?|report(?: any)?|cancel\w*|free of|zero|nothing|ignore|scams?|warning|anyone (?:who )?(?:asks|asking|promis\w+)|stopped|deleted|scrapped|abolished|dropped|reject\w*|remov(?:e|es|ed|ing)\b|detect|wasn'?t|we'?d rather|unlike)\b(?:[^\w.!?;\n]+(?!(?:just|simply|but|only|so)\b)[\w'’%¥$-]+){0,9}?[^\w.!?;\n]*$"
)
_E_INSIDE = re.compile(
    r"\b(?:is not|are not|does not|doesn'?t|do not|don'?t|won'?t|will not|never|nothing|no(?!\.)(?! ?1\b)(?! (?:purchase|limit|catch|strings|cost|minimum|need|experience|matter))|not(?! (?:only|just))|without(?! (?:limit|buying))|nobody|cannot)\b"
)
_E_AFTER = re.compile(
    r"^[^.!?\n]{0,60}?\b(?:(?:is|are|was|were|has been|have been|get|gets)\s+(?:now\s+|strictly\s+|not\s+)?(?:cancel\w*|over|banned|forbidden|against|allowed|prohibited|a scam|illegal|scams|removed|fake|ended|not allowed|permitted|breaking)|(?:will|would) be (?:removed|banned|reported|refused|closed|suspended|struck)|no longer|breaks? (?:the|our)|violat\w+|not (?:allowed|permitted|something we))\b"
    r"|^[^.!\n]{0,30}\?\s*(?:no|never|not|we don'?t|there is no|you don'?t)\b"
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
    if _FORBIDDEN.search(sentence) or _AFTER.search(after):
        return True
    if is_literal:
        return False
    inside = text[start:end]
    if (
        _DENIED.search(clause)
        or _DENIED_LIST.search(clause)
        or _ASKED.search(after)
        or _INSIDE.search(inside)
        or _ALIKE.search(after)
    ):
        return True
    plainly = _E_IDIOMS.sub(" ~ ", sentence)
    return bool(_E_DENIED.search(plainly) or _E_INSIDE.search(inside) or _E_AFTER.search(after))


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
