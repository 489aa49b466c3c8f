"""Reviews of food and drink."""

from renmai.demo.goods.types import Review, Text

REVIEWS: tuple[Review, ...] = (
    Review(
        "fresh",
        5,
        Text(
            "冰袋还没化完，打开一股清香，孩子当场吃了两份。",
            "The ice had not melted yet. The children ate two helpings on the spot.",
        ),
        ("peach-box",),
    ),
    Review(
        "fresh",
        5,
        Text(
            "第三回买了，每次大小都差不多，没有拿小的凑数。",
            "My third order. The sizes are even every time, no small ones slipped in.",
        ),
    ),
    Review(
        "fresh",
        5,
        Text(
            "有一点磕坏的，拍照发过去，十分钟就退了那部分钱。",
            "A little was spoiled. I sent a photo and that part was refunded in ten minutes.",
        ),
    ),
    Review(
        "fresh",
        5,
        Text(
            "寄给爸妈的，他们说比镇上买的新鲜，让我别再寄了，浪费钱，哈哈。",
            "Sent to my parents. They said it is fresher than in town, and that I should stop spending money.",
        ),
    ),
    Review(
        "fresh",
        5,
        Text("跟店主说的一样，放两天再吃味道才出来。", "Just as she said: wait two days and the taste comes out."),
        ("peach-box", "fruit-crate"),
    ),
    Review(
        "fresh",
        4,
        Text(
            "味道不错，就是路上走了三天，外面一层有点蔫。",
            "Good taste, though after three days on the road the outer ones looked tired.",
        ),
        ("peach-box", "citrus-box", "fruit-crate", "berry-punnet"),
    ),
    Review(
        "fresh",
        4,
        Text(
            "新鲜，分量也够，纸箱有一角压瘪了，里面没事。",
            "Fresh and the weight is right. One corner of the box was crushed, nothing inside.",
        ),
    ),
    Review("fresh", 4, Text("好吃，比超市贵一点，能接受。", "Tasty, a bit dearer than the supermarket, acceptable.")),
    Review(
        "fresh",
        3,
        Text(
            "这批不如上个月那批，味道淡一些，还能吃。",
            "This lot is not as good as last month's, blander. Still edible.",
        ),
    ),
    Review(
        "fresh",
        3,
        Text(
            "说好周三到，周五才到，下班去拿都没精神了。",
            "Promised for Wednesday, came on Friday, and it showed.",
        ),
        ("peach-box", "citrus-box", "fruit-crate", "berry-punnet"),
    ),
    Review(
        "fresh",
        2,
        Text(
            "一箱里坏了四分之一，虽然赔了，可家里客人等着吃呢。",
            "A quarter was spoiled. They refunded it, but I had guests waiting.",
        ),
        ("peach-box", "citrus-box", "fruit-crate", "berry-punnet"),
    ),
    Review(
        "fresh",
        2,
        Text(
            "比图上小一圈，重量没少给，心里还是有落差。",
            "Smaller than in the picture. The weight is right, yet I was let down.",
        ),
    ),
    Review(
        "fresh",
        1,
        Text(
            "到手冰全化了，有味道，不敢给孩子吃，申请退款了。",
            "The ice was gone and it smelled. I did not dare give it to my child and asked for a refund.",
        ),
        ("peach-box", "cold-pack"),
    ),
    Review(
        "fresh",
        4,
        Text(
            "东西好，送货电话打早了，早上六点半，除此之外满意。",
            "Good things, but the courier rang at half past six. Otherwise happy.",
        ),
    ),
    Review(
        "snacks",
        5,
        Text("一拆开全办公室都闻到了，下班前就没了。", "The whole office smelled it, and it was gone by six."),
        ("biscuits-meat", "RM-SN-03"),
    ),
    Review(
        "snacks",
        5,
        Text("不齁甜，老人也说好，这个分寸难得。", "Not too sweet. Even the grandparents approve."),
        ("snack-box", "honey-jar"),
    ),
    Review("snacks", 5, Text("日期很新，上个月的，包装也严实。", "Made last month, and well sealed.")),
    Review(
        "snacks",
        5,
        Text(
            "给爸妈寄了一份，我妈打电话来问哪儿买的。",
            "Sent a pack home, and my mother rang to ask where it came from.",
        ),
    ),
    Review(
        "snacks", 5, Text("配料表干净，孩子放学当点心，我放心。", "A short list of ingredients. My child has it after school.")
    ),
    Review(
        "snacks",
        4,
        Text("好吃，碎了几块，掉在袋底用勺子吃了。", "Good. A few were broken; I ate the bottom with a spoon."),
        ("RM-SN-05", "RM-SN-07", "RM-SN-09"),
    ),
    Review(
        "snacks",
        4,
        Text(
            "味道对，分量比我想的少，下次买大份。",
            "The taste is right, the pack smaller than I thought. The large one next time.",
        ),
    ),
    Review("snacks", 4, Text("有点干，配茶就正好。", "A little dry; with tea it is just right."), ("RM-SN-06", "RM-SN-07")),
    Review(
        "snacks",
        3,
        Text("还行吧，没有朋友夸得那么好，偏甜。", "All right, not as good as my friend said, and rather sweet."),
        ("RM-SN-06", "RM-SN-07", "RM-SN-10"),
    ),
    Review(
        "snacks",
        3,
        Text("有两颗苦的，吃到嘴里挺扫兴。", "Two of them were bitter, which spoiled it."),
        ("walnut-bag", "RM-SN-03"),
    ),
    Review(
        "snacks",
        2,
        Text(
            "袋子漏气，受潮发软了，客服补了一份，可我等了一周。",
            "The bag leaked and it went soft. They sent another, but that took a week.",
        ),
        ("RM-SN-05", "RM-SN-09"),
    ),
    Review(
        "snacks",
        2,
        Text(
            "比上次咸很多，是不是换了配方，喝了两大杯水。",
            "Much saltier than last time. Has the recipe changed? I drank two glasses of water.",
        ),
        ("RM-SN-08", "RM-SN-09"),
    ),
    Review(
        "snacks",
        3,
        Text(
            "味道可以，箱子里填充太少，晃得厉害，有压碎的。",
            "Tastes fine, but too little padding; some arrived crushed.",
        ),
    ),
    Review(
        "snacks", 2, Text("收到离到期只剩两个月了，说好的新货呢。", "Two months left before expiry. Fresh stock was promised.")
    ),
    Review(
        "tea",
        5,
        Text(
            "一开罐就知道没有掺香精，第二泡更好喝。",
            "You can tell at once that nothing was added. The second cup is better still.",
        ),
        ("leaf-tea",),
    ),
    Review("tea", 5, Text("每天一杯，喝到第二罐了，味道稳定。", "One cup a day, on my second pack. It tastes the same.")),
    Review("tea", 5, Text("送给老师的，他喝完问我还有没有。", "A gift for my professor, who asked if there was more.")),
    Review("tea", 5, Text("包装简单，钱花在东西上，我喜欢。", "Plain packing, and the money is in the cup. I like that.")),
    Review(
        "tea",
        5,
        Text("店主教了水温，照着来，真的没有苦味。", "She told me the water temperature. No bitterness at all."),
        ("leaf-tea", "coffee"),
    ),
    Review(
        "tea",
        4,
        Text(
            "香气好，量有点少，两个人喝半个月就没了。",
            "A fine scent, though two of us finished it in a fortnight.",
        ),
    ),
    Review("tea", 4, Text("比我常喝的淡一点，夏天喝合适。", "Lighter than my usual, right for summer."), ("leaf-tea", "coffee")),
    Review("tea", 4, Text("快递慢了一天，东西没问题。", "A day late, otherwise fine.")),
    Review("tea", 3, Text("中规中矩，这个价位我期待高一些。", "Decent. At this price I hoped for a little more.")),
    Review(
        "tea",
        3,
        Text(
            "味道可以，封口不好撕，撕坏了只能倒到罐子里。",
            "Fine taste, but the seal tears badly; I had to pour it into a jar.",
        ),
        ("leaf-tea", "coffee"),
    ),
    Review(
        "tea",
        2,
        Text(
            "喝着有点陈味，问了日期是去年的，详情页该写清楚。",
            "It tastes stale. It was made last year, which the page should say.",
        ),
        ("leaf-tea", "coffee"),
    ),
    Review(
        "tea",
        2,
        Text(
            "破了一个角，洒了半箱，纸都湿了，等了两天才补。",
            "One was broken and soaked half the box. The replacement took two days.",
        ),
        ("drinks",),
    ),
    Review("tea", 1, Text("跟上次完全不是一个味道，已申请退货。", "Nothing like last time. I have asked to return it.")),
    Review(
        "tea",
        5,
        Text(
            "冷着喝热着喝都试过了，家里人各有各的喝法。",
            "Tried it hot and cold; everyone at home has a favourite way.",
        ),
    ),
    Review(
        "pantry",
        5,
        Text(
            "煮出来满屋香，孩子多吃了一碗。",
            "The whole flat smelled of it, and my child asked for a second bowl.",
        ),
        ("rice-grain", "RM-PA-09"),
    ),
    Review("pantry", 5, Text("买第三回了，家里老人就爱吃这个。", "Third order. The old people at home like it.")),
    Review("pantry", 5, Text("日期新鲜，密封好，送货上楼。", "Fresh date, well sealed, carried up to the door.")),
    Review("pantry", 5, Text("炒菜香，跟老家那个味道像。", "It cooks like at home in my village."), ("RM-PA-04", "RM-PA-05")),
    Review(
        "pantry",
        5,
        Text("分量实在，称了一下还多二十克。", "Honest weight. I weighed it: twenty grams over."),
        ("rice-grain", "noodles-dried"),
    ),
    Review(
        "pantry",
        4,
        Text("味道好，就是瓶口容易滴，用一次擦一次。", "Good, though the mouth drips and wants wiping each time."),
        ("oil-bottle",),
    ),
    Review("pantry", 4, Text("挺好，运费贵了点，凑单划算。", "Good. Freight is high for one, so order together.")),
    Review(
        "pantry",
        4,
        Text("里面有几颗碎的，洗的时候挑掉了，不影响。", "A few broken ones, picked out when washing."),
        ("rice-grain", "RM-PA-10"),
    ),
    Review(
        "pantry",
        3,
        Text(
            "没吃出特别，和超市那款差不多，价格贵一点。",
            "Nothing special to me: like the supermarket's, a bit dearer.",
        ),
    ),
    Review(
        "pantry",
        3,
        Text(
            "外包装破了一个小洞，没漏，看着不舒服。",
            "A small hole in the packing. Nothing spilled, but it does not look good.",
        ),
        ("rice-grain", "noodles-dried"),
    ),
    Review(
        "pantry",
        2,
        Text(
            "漏了，箱子里油乎乎的，客服让我拍照，赔了一部分。",
            "It leaked all over the box. I sent photos and got part of the money.",
        ),
        ("RM-PA-04", "RM-PA-05", "RM-PA-08"),
    ),
    Review("pantry", 2, Text("发了两次才发对，头一回少一样。", "It took two parcels to get it right; the first was one short.")),
    Review("pantry", 5, Text("平常过日子的东西，能一直这个水准就好。", "An everyday thing. I hope it stays this good.")),
)
