"""Why goods come back, in the words of those who send them, and what people write beside an order."""

from renmai.demo.goods.types import AfterSaleReason, Text

REASONS: tuple[AfterSaleReason, ...] = (
    AfterSaleReason(
        "damaged",
        "refund",
        is_quality_issue=True,
        label=Text("收到破损或变质", "Arrived damaged or spoiled"),
        notes=(
            Text(
                "箱子湿了一角，打开有三个已经烂了，照片里圈出来了。",
                "A corner of the box was wet and three were rotten; I circled them in the photo.",
            ),
            Text(
                "瓶口裂了，一半流在袋子里，不敢再用。",
                "The neck is cracked and half has run out. I would not use it.",
            ),
            Text(
                "外箱是好的，里面磕了一道口子，应该是出库就有。",
                "The carton is sound, but there is a chip inside. It must have left like that.",
            ),
        ),
    ),
    AfterSaleReason(
        "missing",
        "refund",
        is_quality_issue=False,
        label=Text("少发漏发", "Something was missing"),
        notes=(
            Text(
                "下单两件，袋子里只有一件，快递单重量也对得上。",
                "I ordered two and got one; the weight on the waybill agrees.",
            ),
            Text(
                "套装少了一个配件，说明书上写着有。",
                "One part of the set is missing, though the leaflet lists it.",
            ),
        ),
    ),
    AfterSaleReason(
        "not_received",
        "refund",
        is_quality_issue=False,
        label=Text("一直没有收到", "Never arrived"),
        notes=(
            Text(
                "物流停在中转站六天了，联系快递没人接。",
                "It has stood in the depot for six days and the courier does not answer.",
            ),
            Text(
                "显示已签收，可门口和驿站都没有，家人也没拿。",
                "Marked as delivered, but it is neither at the door nor at the parcel shop.",
            ),
        ),
    ),
    AfterSaleReason(
        "quality",
        "return",
        is_quality_issue=True,
        label=Text("质量问题", "A fault in quality"),
        notes=(
            Text("用了两次就不通电了，换了插座也一样。", "After two uses it has no power, on any socket."),
            Text("缝线开了，洗之前就这样，不是洗坏的。", "A seam is open, and was before washing."),
            Text(
                "有明显异味，敞了三天没散，不敢给孩子用。",
                "A strong smell that three days did not remove. Not for my child.",
            ),
        ),
    ),
    AfterSaleReason(
        "not_as_described",
        "return",
        is_quality_issue=True,
        label=Text("与描述不符", "Not as described"),
        notes=(
            Text("页面写的全棉，吊牌上是混纺。", "The page says cotton, the label says blend."),
            Text(
                "颜色差得多，图上是豆绿，到手偏灰。",
                "The colour is far off: pea green on the page, grey in my hand.",
            ),
        ),
    ),
    AfterSaleReason(
        "wrong_item",
        "exchange",
        is_quality_issue=False,
        label=Text("发错货", "The wrong item was sent"),
        notes=(
            Text("要的M码，收到L，吊牌照片附上了。", "I asked for M and got L; see the label."),
            Text(
                "买的芝麻味，来的是杏仁，家里有人过敏，请换。",
                "I bought sesame and got almond. We have an allergy, please exchange.",
            ),
        ),
    ),
    AfterSaleReason(
        "size",
        "exchange",
        is_quality_issue=False,
        label=Text("尺码或规格不合适", "The size does not fit"),
        notes=(
            Text("衣服没下水，吊牌在，想换大一码。", "Unwashed, tag on; one size up please."),
            Text("鞋子试了一次，夹脚，换大半码。", "Tried once, they pinch. A larger size please."),
        ),
    ),
    AfterSaleReason(
        "change_of_mind",
        "return",
        is_quality_issue=False,
        label=Text("七天无理由", "Changed my mind within seven days"),
        notes=(
            Text("没拆封，家里人已经买了一份，用不上了。", "Unopened; someone at home had bought one."),
            Text(
                "颜色跟家里不搭，吊牌和包装都在，运费我出。",
                "It does not go with our room. Tag and box are there, I pay the postage.",
            ),
            Text("买多了，退一件，没用过。", "I bought too many. One back, unused."),
        ),
    ),
    AfterSaleReason(
        "better_price",
        "return",
        is_quality_issue=False,
        label=Text("刚买完就降价", "The price dropped right after"),
        notes=(
            Text(
                "昨天买的，今天便宜了二十，退掉重新买。",
                "Bought yesterday, twenty yuan less today. I return it and buy again.",
            ),
        ),
    ),
    AfterSaleReason(
        "allergy",
        "return",
        is_quality_issue=True,
        label=Text("使用后过敏", "A reaction after use"),
        notes=(
            Text(
                "涂在手上起了小红点，停了就退，没敢上脸。",
                "Small red spots on my hand, gone when I stopped. I did not try my face.",
            ),
            Text(
                "宝宝换了这个后屁股红，医生让停用。",
                "The baby's skin went red with it and the doctor told us to stop.",
            ),
        ),
    ),
)

ORDER_NOTES: tuple[Text, ...] = (
    Text("家里没人，请放门口鞋柜上，谢谢。", "Nobody home: please leave it on the shoe cabinet by the door."),
    Text("麻烦包装严实一点，是送人的。", "Please wrap it well, it is a present."),
    Text("发货单请别放价格，直接寄给我妈。", "Please no price in the parcel; it goes straight to my mother."),
    Text("要新鲜的日期，旧的请打电话。", "Fresh dates please; call me otherwise."),
    Text("裤长改短两厘米，谢谢师傅。", "Please shorten the trousers by two centimetres."),
    Text("手冲用，请磨中粗。", "For pour-over, medium-coarse please."),
    Text(
        "工作日九点到六点在公司，晚上别打电话，孩子睡了。",
        "At work from nine to six. Please do not call in the evening, the baby sleeps.",
    ),
    Text("电梯坏了，麻烦放一楼快递柜旁边。", "The lift is broken; beside the parcel lockers please."),
    Text("发票抬头用公司，邮箱在订单里。", "Invoice to the company, the address is in the order."),
    Text(
        "麻烦从近一点的仓发，上次路上走了五天。",
        "From the nearer warehouse please; last time it took five days.",
    ),
    Text("两件请一起发，先到一件会乱。", "Both together please."),
    Text("鸡蛋容易碎，多垫一层。", "One more layer of padding for the eggs."),
    Text("帮我挑熟一点的，后天就要用。", "Ripe ones please, for the day after tomorrow."),
    Text("硬一点的，路上怕压。", "Firm ones please, so they survive the road."),
    Text(
        "请电话后再投递，前面那位总放错楼。",
        "Please call before you deliver; the last courier used the wrong building.",
    ),
    Text("小区门禁九点关，早点到。", "The gate closes at nine."),
    Text("谢谢老板，辛苦了。", "Thank you for your trouble."),
    Text("请用普通话打我，奶奶接电话听不懂方言。", "Please speak Mandarin, my grandmother answers."),
    Text("缺货就等，不用换别的款。", "If it is out of stock I will wait. No other version please."),
    Text("同一地址第三单了，合并发货吧。", "My third order to this address: please send together."),
)
