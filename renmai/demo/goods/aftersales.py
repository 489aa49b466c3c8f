"""Why goods come back, in the words of those who send them, and what people write beside an order."""

from renmai.demo.goods.types import AfterSaleReason, Note, Product, Text

REASONS: tuple[AfterSaleReason, ...] = (
    AfterSaleReason(
        "damaged",
        "refund",
        is_quality_issue=True,
        label=Text("收到破损或变质", "Arrived damaged or spoiled"),
        notes=(
            Note(
                Text(
                    "箱子湿了一角，打开有三个已经烂了，照片里圈出来了。",
                    "A corner of the box was wet and three were rotten; I circled them in the photo.",
                ),
                ("fruit", "RM-FR-06"),
            ),
            Note(
                Text(
                    "瓶口裂了，一半流在袋子里，不敢再用。",
                    "The neck is cracked and half has run out. I would not use it.",
                ),
                ("drink-bottle", "oil-bottle", "honey-jar", "dropper-bottle"),
            ),
            Note(
                Text(
                    "外箱是好的，里面磕了一道口子，应该是出库就有。",
                    "The carton is sound, but there is a chip inside. It must have left like that.",
                ),
                ("kitchen", "vase"),
            ),
            Note(
                Text(
                    "外盒压瘪了，里面也裂了一道，照片附上。",
                    "The box is crushed and the thing inside cracked; pictures attached.",
                ),
                ("makeup", "skincare", "digital", "suitcase", "baby-bottle"),
            ),
            Note(
                Text(
                    "封口开了，里面已经受潮，不敢吃。",
                    "The seal was open and the contents damp; we would not eat it.",
                ),
                ("snacks", "leaf-tea", "coffee", "rice-grain", "noodles-dried"),
            ),
            Note(
                Text(
                    "到手已经化冻了，摸着是温的，没敢下锅。",
                    "Thawed on arrival and warm to the touch. I did not cook it.",
                ),
                ("cold-pack",),
            ),
            Note(
                Text(
                    "碎了六个，蛋液流了一盒，其余的也脏了。",
                    "Six were broken and the rest of the box is a mess.",
                ),
                ("egg-tray",),
            ),
        ),
    ),
    AfterSaleReason(
        "missing",
        "refund",
        is_quality_issue=False,
        label=Text("少发漏发", "Something was missing"),
        notes=(
            Note(
                Text(
                    "下单两件，袋子里只有一件，快递单重量也对得上。",
                    "I ordered two and got one; the weight on the waybill agrees.",
                )
            ),
            Note(
                Text(
                    "套装少了一个配件，说明书上写着有。",
                    "One part of the set is missing, though the leaflet lists it.",
                ),
                ("digital", "cookware", "brush-set"),
            ),
        ),
    ),
    AfterSaleReason(
        "not_received",
        "refund",
        is_quality_issue=False,
        label=Text("一直没有收到", "Never arrived"),
        notes=(
            Note(
                Text(
                    "物流停在中转站六天了，联系快递没人接。",
                    "It has stood in the depot for six days and the courier does not answer.",
                )
            ),
            Note(
                Text(
                    "显示已签收，可门口和驿站都没有，家人也没拿。",
                    "Marked as delivered, but it is neither at the door nor at the parcel shop.",
                )
            ),
        ),
    ),
    AfterSaleReason(
        "quality",
        "return",
        is_quality_issue=True,
        label=Text("质量问题", "A fault in quality"),
        notes=(
            Note(Text("用了两次就不通电了，换了插座也一样。", "After two uses it has no power, on any socket."), ("digital",)),
            Note(
                Text("缝线开了，洗之前就这样，不是洗坏的。", "A seam is open, and was before washing."),
                ("clothing", "bags", "bedding"),
            ),
            Note(
                Text(
                    "有明显异味，敞了三天没散，不敢给孩子用。",
                    "A strong smell that three days did not remove. Not for my child.",
                ),
                ("feeding", "clothes-toys"),
            ),
            Note(
                Text("用了三天就起皮掉粉，不像新的。", "After three days it flakes. It does not look new."),
                ("compact", "palette"),
            ),
            Note(Text("鞋头开胶了，只穿了一个星期。", "The glue opened at the toe after a week's wear."), ("shoes",)),
            Note(
                Text("打开已经有哈喇味，日期倒是没过。", "It smells rancid although the date has not passed."),
                ("nuts", "oil-bottle"),
            ),
            Note(Text("洗了一次边上就裂了，按说明用的。", "It cracked at the edge after one wash, used as told."), ("kitchen",)),
        ),
    ),
    AfterSaleReason(
        "not_as_described",
        "return",
        is_quality_issue=True,
        label=Text("与描述不符", "Not as described"),
        notes=(
            Note(
                Text("页面写的全棉，吊牌上是混纺。", "The page says cotton, the label says blend."),
                ("bedding", "towels-living", "shirt"),
            ),
            Note(
                Text(
                    "颜色差得多，图上是豆绿，到手偏灰。",
                    "The colour is far off: pea green on the page, grey in my hand.",
                ),
                ("RM-HO-01", "RM-CL-01", "RM-DI-06", "RM-SH-02"),
            ),
            Note(
                Text("比页面写的小一圈，量了尺寸对不上。", "Smaller than the page says; I measured it."),
                ("kitchen", "home", "baby", "bags", "digital"),
            ),
        ),
    ),
    AfterSaleReason(
        "wrong_item",
        "exchange",
        is_quality_issue=False,
        label=Text("发错货", "The wrong item was sent"),
        notes=(
            Note(Text("要的M码，收到L，吊牌照片附上了。", "I asked for M and got L; see the label."), ("clothing",)),
            Note(
                Text(
                    "买的芝麻味，来的是杏仁，家里有人过敏，请换。",
                    "I bought sesame and got almond. We have an allergy, please exchange.",
                ),
                ("RM-SN-09",),
            ),
            Note(
                Text(
                    "选的不是这个规格，包装上写得很清楚，请换。",
                    "Not the version I chose, as the label shows. Please exchange it.",
                ),
                ("skincare", "makeup", "home", "kitchen", "baby", "clothing", "shoes-bags", "digital", "snacks", "tea", "pantry"),
            ),
        ),
    ),
    AfterSaleReason(
        "size",
        "exchange",
        is_quality_issue=False,
        label=Text("尺码或规格不合适", "The size does not fit"),
        notes=(
            Note(Text("衣服没下水，吊牌在，想换大一码。", "Unwashed, tag on; one size up please."), ("clothing",)),
            Note(Text("鞋子试了一次，夹脚，换大半码。", "Tried once, they pinch. A larger size please."), ("shoes",)),
        ),
    ),
    AfterSaleReason(
        "change_of_mind",
        "return",
        is_quality_issue=False,
        label=Text("七天无理由", "Changed my mind within seven days"),
        notes=(
            Note(
                Text("没拆封，家里人已经买了一份，用不上了。", "Unopened; someone at home had bought one."),
                ("skincare", "makeup", "home", "kitchen", "baby", "clothing", "shoes-bags", "digital"),
            ),
            Note(
                Text(
                    "颜色跟家里不搭，吊牌和包装都在，运费我出。",
                    "It does not go with our room. Tag and box are there, I pay the postage.",
                ),
                ("home", "digital"),
            ),
            Note(
                Text("买多了，退一件，没用过。", "I bought too many. One back, unused."),
                ("skincare", "makeup", "home", "kitchen", "baby", "clothing", "shoes-bags", "digital"),
            ),
        ),
    ),
    AfterSaleReason(
        "better_price",
        "return",
        is_quality_issue=False,
        label=Text("刚买完就降价", "The price dropped right after"),
        notes=(
            Note(
                Text(
                    "昨天买的，今天便宜了二十，退掉重新买。",
                    "Bought yesterday, twenty yuan less today. I return it and buy again.",
                ),
                ("skincare", "makeup", "home", "kitchen", "baby", "clothing", "shoes-bags", "digital"),
            ),
        ),
    ),
    AfterSaleReason(
        "allergy",
        "return",
        is_quality_issue=True,
        label=Text("使用后过敏", "A reaction after use"),
        notes=(
            Note(
                Text(
                    "涂在手上起了小红点，停了就退，没敢上脸。",
                    "Small red spots on my hand, gone when I stopped. I did not try my face.",
                ),
                ("skincare", "makeup"),
            ),
            Note(
                Text(
                    "宝宝换了这个后屁股红，医生让停用。",
                    "The baby's skin went red with it and the doctor told us to stop.",
                ),
                ("RM-BA-04", "RM-BA-06"),
            ),
        ),
    ),
)

ORDER_NOTES: tuple[Note, ...] = (
    Note(Text("家里没人，请放门口鞋柜上，谢谢。", "Nobody home: please leave it on the shoe cabinet by the door.")),
    Note(Text("麻烦包装严实一点，是送人的。", "Please wrap it well, it is a present.")),
    Note(Text("发货单请别放价格，直接寄给我妈。", "Please no price in the parcel; it goes straight to my mother.")),
    Note(Text("要新鲜的日期，旧的请打电话。", "Fresh dates please; call me otherwise."), ("snacks", "tea", "pantry")),
    Note(Text("裤长改短两厘米，谢谢师傅。", "Please shorten the trousers by two centimetres."), ("trousers",)),
    Note(Text("手冲用，请磨中粗。", "For pour-over, medium-coarse please."), ("RM-TE-06",)),
    Note(
        Text(
            "工作日九点到六点在公司，晚上别打电话，孩子睡了。",
            "At work from nine to six. Please do not call in the evening, the baby sleeps.",
        )
    ),
    Note(Text("电梯坏了，麻烦放一楼快递柜旁边。", "The lift is broken; beside the parcel lockers please.")),
    Note(Text("发票抬头用公司，邮箱在订单里。", "Invoice to the company, the address is in the order.")),
    Note(
        Text(
            "麻烦从近一点的仓发，上次路上走了五天。",
            "From the nearer warehouse please; last time it took five days.",
        )
    ),
    Note(Text("两件请一起发，先到一件会乱。", "Both together please.")),
    Note(Text("鸡蛋容易碎，多垫一层。", "One more layer of padding for the eggs."), ("egg-tray",)),
    Note(Text("帮我挑熟一点的，后天就要用。", "Ripe ones please, for the day after tomorrow."), ("fruit",)),
    Note(Text("硬一点的，路上怕压。", "Firm ones please, so they survive the road."), ("fruit", "RM-FR-06")),
    Note(
        Text(
            "请电话后再投递，前面那位总放错楼。",
            "Please call before you deliver; the last courier used the wrong building.",
        )
    ),
    Note(Text("小区门禁九点关，早点到。", "The gate closes at nine.")),
    Note(Text("谢谢老板，辛苦了。", "Thank you for your trouble.")),
    Note(Text("请用普通话打我，奶奶接电话听不懂方言。", "Please speak Mandarin, my grandmother answers.")),
    Note(Text("缺货就等，不用换别的款。", "If it is out of stock I will wait. No other version please.")),
    Note(Text("同一地址第三单了，合并发货吧。", "My third order to this address: please send together.")),
)


def reasons_fitting(product: Product) -> tuple[AfterSaleReason, ...]:
    """Return the reasons for which this product could come back, in a fixed order; never none."""
    return tuple(reason for reason in REASONS if reason.notes_for(product))
