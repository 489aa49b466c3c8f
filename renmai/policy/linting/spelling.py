"""Tables of how words are written to be read by people and missed by machines: other scripts, look-alikes, sound-alikes, pictures.

Extend them freely: a word in a table is only written back to its plain form, whether it offends is for the patterns to say.
"""

import re
from collections.abc import Iterator

_TRADITIONAL = (
    "轉發圈紅讚獎勵現錢領購買賣價優惠團隊級網際獲贈禮關註邀請進擊鏈連結區張電話號碼碼證資訊據庫貨單開啟動點贊選擇擁傭"
    "時間後從來這個們還讓給將會員帳賬戶戲鬥屬實際顯藥療癒體質衛國際傳銷統報導線層軟體級絕對獨創舉辦規則無條件須"
    "頭貼圖聯絡絡繫係閱讀復複製雙兩萬億標準檢驗測試風險損總額積極參與費門檻檔壓縮減倉儲運輸達東西別離開幫為義務術業務"
    "灣車輛飛機場產業農頭養營銀導師學習書籍課題節約訂閱訪問處罰監督維護權債務託拼湊夠滿齊歡樂經驗喜歡愛嗎嚇傷殺舊麵飯"
    "館廣眾類頂極狀態僅虛構誇張歷史記錄長輩親戚熱氣溫鮮嘗試確認誤導應該當場內詳細劃過濾適應範圍"
)
_SIMPLIFIED = (
    "转发圈红赞奖励现钱领购买卖价优惠团队级网际获赠礼关注邀请进击链连结区张电话号码码证资讯据库货单开启动点赞选择拥佣"
    "时间后从来这个们还让给将会员帐账户戏斗属实际显药疗愈体质卫国际传销统报导线层软体级绝对独创举办规则无条件须"
    "头贴图联络络系系阅读复复制双两万亿标准检验测试风险损总额积极参与费门槛档压缩减仓储运输达东西别离开帮为义务术业务"
    "湾车辆飞机场产业农头养营银导师学习书籍课题节约订阅访问处罚监督维护权债务托拼凑够满齐欢乐经验喜欢爱吗吓伤杀旧面饭"
    "馆广众类顶极状态仅虚构夸张历史记录长辈亲戚热气温鲜尝试确认误导应该当场内详细划过滤适应范围"
)
PLAIN_CHARACTERS: dict[str, str] = {
    **dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)),
    **dict(zip("аеорсхіукмнтвѕјԁ", "aeopcxiykmhtbsjd", strict=True)),
    "➕": "加",
    "❤": "心",
}
"""Traditional characters, Cyrillic look-alikes and characters that stand for another."""

PICTURES: dict[str, str] = {
    "🧧": "红包",
    "💰": "钱",
    "💵": "现金",
    "🎁": "礼品",
    "👍": "赞",
    "🆓": "免费",
    "🔪": "刀",
}

_WORDS: tuple[tuple[str, str, str], ...] = (
    # The word, its sounds, and per character what else is written for it (- for nothing). Only what spells no other word of everyday
    # Chinese: 分想 would be found in 十分想吃, 红饱 in 番茄红饱满.
    ("分享", "fen xiang", "芬 亨"),
    ("转发", "zhuan fa", "砖撰 -"),
    ("关注", "guan zhu", "- 柱"),
    ("点赞", "dian zan", "- 攒"),
    ("集赞", "ji zan", "- 攒暂"),
    ("红包", "hong bao", "洪荭虹宏 苞胞"),
    ("朋友圈", "peng you quan", "棚 犮 圏"),
    ("微信", "wei xin", "薇徽v娓溦 芯"),
    ("助力", "zhu li", "劯 -"),
    ("砍价", "kan jia", "坎侃堪 介"),
    ("砍一刀", "kan yi dao", "坎侃 1 叨"),
    ("抽奖", "chou jiang", "- 桨浆蒋"),
    ("中奖", "zhong jiang", "- 桨蒋"),
    ("领取", "ling qu", "绫 娶"),
    ("奖励", "jiang li", "桨浆蒋 厉"),
    ("佣金", "yong jin", "拥 -"),
    ("拉人头", "la ren tou", "菈 亻 -"),
    ("下线", "xia xian", "- 馅"),
    ("代理", "dai li", "- -"),
    ("躺赚", "tang zhuan", "淌 -"),
    ("返利", "fan li", "反 -"),
    ("返现", "fan xian", "反 -"),
    ("提现", "ti xian", "题 -"),
    ("现金", "xian jin", "- -"),
    ("邀请", "yao qing", "- 情"),
    ("好友", "hao you", "郝 犮"),
    ("免费", "mian fei", "勉 废"),
    ("免单", "mian dan", "勉 -"),
    ("优惠券", "you hui quan", "忧 慧 劵卷"),
    ("国家级", "guo jia ji", "囯 傢 极j"),
    ("顶级", "ding ji", "鼎 j"),
    ("治疗", "zhi liao", "冶 聊"),
    ("根治", "gen zhi", "- 冶"),
    ("通讯录", "tong xun lu", "- 迅汛 録"),
    ("身份证", "shen fen zheng", "- 分 怔"),
    ("赚钱", "zhuan qian", "- 米"),
    ("传销", "chuan xiao", "船 -"),
    ("拼团", "pin tuan", "- 抟"),
)
_LETTERS: tuple[tuple[str, str], ...] = (
    (r"(?<![a-z0-9])[wv][-. ]?x(?![a-z0-9])", "微信"),
    (r"(?<![a-z0-9])weixin(?![a-z0-9])", "微信"),
    (r"(?<=[进加入+])裙|(?<=[一-鿿v])裙(?=主|里|友|号|聊)", "群"),
    (r"(?<![a-z0-9])v(?=我(?!们))", "加微信"),
    (r"v信|v心|微心(?=群|号|好友)|[微薇徽v]\s?亻\s?言", "微信"),
    (r"(?<![a-z0-9])pyq(?![a-z0-9])|朋友quan|盆友圈|朋友の圈", "朋友圈"),
    (r"(?<=[加➕])[v薇威]{1,2}(?![a-z信])", "微信"),
    (r"(?<![a-z0-9])v群", "微信群"),
    (r"(?<![a-z])zui(?=[一-鿿])|蕞", "最"),
    (r"(?<=[领抢送发得 ])hb(?![a-z0-9])", "红包"),
    (r"(?<=[惠金用减费货])[卷劵]", "券"),
    (r"第1(?=品牌|名牌|[!,。]|$)", "第一"),
    (r"(?<=[集求攒满])zan", "赞"),
    (r"(?<![a-z0-9])zf(?=[到给群后一])", "转发"),
    (r"(?<![a-z0-9])fx(?=[到给群后一])", "分享"),
    (r"(?<=朋友)圏", "圈"),
    (r"(?<![a-z])j赞", "集赞"),
)
_NOISE_IN_ENGLISH = r"(?:[.\-_*~·|]|'(?!s(?![a-z0-9])))?"
"""What may stand between the letters of a hidden word. A friend's order hides no friends."""

_LOOK_ALIKES = {"a": "a@4", "e": "e3€", "i": "i1!", "o": "o0", "s": "s5$", "t": "t7+", "l": "l1|"}
_ENGLISH_WORDS = (
    "share sharing repost forward friends friend wechat reward rewards invite lottery prize recruit downline commission moments follow "
    "red packet cash coupon free gift bargain cure cures cheapest best voucher winner contacts"
)


def _chinese(word: str, sounds: str, others: str) -> str:
    """Return an expression for every way to write ``word`` by sound or look-alike, the plain one among them."""
    parts = [
        f"(?:[{re.escape(plain + other.strip('-'))}]|{sound})"
        for plain, sound, other in zip(word, sounds.split(), others.split(), strict=True)
    ]
    spoken = "[ '-]?".join(sounds.split())
    return f"(?<![a-z]){spoken}(?![a-z])|" + "".join(parts)


def _english(word: str) -> str:
    letters = [f"[{re.escape(_LOOK_ALIKES.get(letter, letter))}]" for letter in word]
    return r"(?<![a-z0-9])" + _NOISE_IN_ENGLISH.join(letters) + r"(?![a-z0-9])"


def _rows() -> Iterator[tuple[re.Pattern[str], str]]:
    for word, sounds, others in _WORDS:
        yield re.compile(_chinese(word, sounds, others)), word
    for expression, word in _LETTERS:
        yield re.compile(expression), word
    for word in _ENGLISH_WORDS.split():
        yield re.compile(_english(word)), word


SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(_rows())
"""Expression and the word it stands for, applied in this order to text in small letters."""

BROKEN: re.Pattern[str] = re.compile("|".join("[^\\w\\s,。、!?;:()]+".join(word) for word, _sounds, _others in _WORDS))
"""A word with marks between its characters, none of them a space or a comma."""

INNOCENT = frozenset({"优惠券", "券", "朋友圈", "现金"})
"""Words that many write otherwise out of habit: 优惠卷 is a mistake, pyq is slang."""
