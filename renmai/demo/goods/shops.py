"""Forty micro-shops: their names, the line each agent speaks for herself, and who she is."""

from renmai.demo.goods.types import Shop, Text

SHOPS: tuple[Shop, ...] = (
    Shop(
        name=Text("阿禾的小日子", "Ahe's Little Days"),
        voice=Text("两个孩子的妈，只卖家里正在用的。", "Mother of two. I only sell what we are using at home."),
        keeper=Text("阿禾", "Ahe"),
        is_woman=True,
    ),
    Shop(
        name=Text("巷口那家", "The One on the Corner"),
        voice=Text(
            "以前开过小卖部，现在搬到手机里，还是有问必答。",
            "I used to run a corner shop. Now it is in your phone, and I still answer.",
        ),
        keeper=Text("巷口小敏", "Min on the Corner"),
        is_woman=True,
    ),
    Shop(
        name=Text("南瓜灯下", "Under the Pumpkin Lamp"),
        voice=Text(
            "晚上哄睡孩子才有空回消息，回得慢，但每条都回。",
            "I answer after the children sleep. Slowly, but every message.",
        ),
        keeper=Text("南瓜妈", "Pumpkin's Mum"),
        is_woman=True,
    ),
    Shop(
        name=Text("老周有点闲", "Old Zhou Has Time"),
        voice=Text(
            "退休了，爱琢磨吃的，踩过的坑替你记着。",
            "Retired and curious about food. I note the mistakes so you need not make them.",
        ),
        keeper=Text("老周", "Old Zhou"),
        is_woman=False,
        surname_zh="周",
    ),
    Shop(
        name=Text("小满的篮子", "Xiaoman's Basket"),
        voice=Text(
            "每周上新不超过三样，都先买回来试一遍。",
            "No more than three new things a week, each one bought and tried first.",
        ),
        keeper=Text("小满", "Xiaoman"),
        is_woman=True,
    ),
    Shop(
        name=Text("二楼的阳台", "The Second-Floor Balcony"),
        voice=Text(
            "种点葱，晒点被子，顺手把好用的分享给你。",
            "Spring onions, airing quilts, and the useful things I come across.",
        ),
        keeper=Text("二楼晒葱的", "Spring Onions, Second Floor"),
        is_woman=True,
    ),
    Shop(
        name=Text("青禾妈妈杂货铺", "Qinghe's Mum Sundries"),
        voice=Text(
            "给娃挑的东西，标签我一个字一个字看过。",
            "I have read every word on the labels of what my child uses.",
        ),
        keeper=Text("青禾妈妈", "Qinghe's Mum"),
        is_woman=True,
    ),
    Shop(
        name=Text("慢半拍", "Half a Beat Late"),
        voice=Text(
            "不赶热闹，用满一个月再说好不好。",
            "No rush. I use a thing for a month before I say what I think.",
        ),
        keeper=Text("慢半拍", "Half a Beat"),
        is_woman=False,
    ),
    Shop(
        name=Text("桥头阿珍", "Azhen by the Bridge"),
        voice=Text(
            "街坊叫我阿珍，买错了找我，别自己憋着。",
            "Neighbours call me Azhen. Bought the wrong thing? Tell me.",
        ),
        keeper=Text("阿珍", "Azhen"),
        is_woman=True,
    ),
    Shop(
        name=Text("林姐的抽屉", "Sister Lin's Drawer"),
        voice=Text(
            "办公室的抽屉里常备这些，下午茶跟我拼。",
            "What my office drawer holds. Share an afternoon tea with me.",
        ),
        keeper=Text("林姐", "Sister Lin"),
        is_woman=True,
        surname_zh="林",
    ),
    Shop(
        name=Text("有风的厨房", "A Kitchen with a Breeze"),
        voice=Text("做了二十年饭，锅和刀上舍得花钱。", "Twenty years of cooking: I spend on pans and knives."),
        keeper=Text("厨房有风", "Breeze"),
        is_woman=True,
    ),
    Shop(
        name=Text("木木的书桌", "Mumu's Desk"),
        voice=Text(
            "学习桌上的东西我比较挑，灯和椅子聊得多。",
            "I am choosy about what stands on a desk. Ask me about lamps.",
        ),
        keeper=Text("木木", "Mumu"),
        is_woman=False,
    ),
    Shop(
        name=Text("海边的晓雯", "Xiaowen by the Sea"),
        voice=Text(
            "住在海边，水产新不新鲜，我看眼睛就知道。",
            "I live by the sea and can tell fresh fish by its eyes.",
        ),
        keeper=Text("晓雯", "Xiaowen"),
        is_woman=True,
    ),
    Shop(
        name=Text("三姐的粮仓", "Third Sister's Granary"),
        voice=Text(
            "米面油我囤得多，秋收前后会提醒你。",
            "I keep a lot of rice and oil, and will tell you when the harvest is in.",
        ),
        keeper=Text("三姐", "Third Sister"),
        is_woman=True,
    ),
    Shop(
        name=Text("小鹿爱喝茶", "Fawn Likes Tea"),
        voice=Text(
            "泡茶手笨，胜在喝得多，味道我说人话。",
            "Clumsy at brewing, but I drink a lot and describe it in plain words.",
        ),
        keeper=Text("小鹿", "Fawn"),
        is_woman=True,
    ),
    Shop(
        name=Text("半山有雨", "Rain Halfway Up"),
        voice=Text(
            "山里长大，果子熟没熟，捏一下就知道。",
            "I grew up in the hills. One squeeze tells me if it is ripe.",
        ),
        keeper=Text("半山", "Halfway Up"),
        is_woman=False,
    ),
    Shop(
        name=Text("阿福修东西", "Afu Mends Things"),
        voice=Text(
            "修电器出身，哪个耐用哪个娇气，我直说。",
            "I repaired appliances for a living. I will say which ones last.",
        ),
        keeper=Text("阿福", "Afu"),
        is_woman=False,
    ),
    Shop(
        name=Text("夏天的衣架", "A Hanger in Summer"),
        voice=Text(
            "一米六二，普通身材，试穿图不修腿。",
            "1.62 m, ordinary figure, and I do not lengthen my legs in the pictures.",
        ),
        keeper=Text("夏夏", "Xiaxia"),
        is_woman=True,
    ),
    Shop(
        name=Text("早餐铺子旁", "Next to the Breakfast Stall"),
        voice=Text("六点起床的人，早餐的事问我就对了。", "Up at six every day. Ask me about breakfast."),
        keeper=Text("六点起床", "Up at Six"),
        is_woman=True,
    ),
    Shop(
        name=Text("晴天晒被子", "Airing Quilts"),
        voice=Text(
            "被子毛巾这些每天贴着皮肤的，舍得用好一点。",
            "Quilts and towels touch your skin each day; they deserve a little care.",
        ),
        keeper=Text("晴天", "Sunny Day"),
        is_woman=True,
    ),
    Shop(
        name=Text("玲玲家的饭桌", "Lingling's Table"),
        voice=Text(
            "一桌四口人，谁爱吃什么，都写在我的推荐里。",
            "Four at our table. Who likes what is in my notes.",
        ),
        keeper=Text("玲玲", "Lingling"),
        is_woman=True,
    ),
    Shop(
        name=Text("猫在窗台", "The Cat on the Sill"),
        voice=Text(
            "猫睡过的毯子都算测试过，毛好不好清我知道。",
            "A blanket counts as tested once the cat has slept on it.",
        ),
        keeper=Text("猫的室友", "The Cat's Flatmate"),
        is_woman=True,
    ),
    Shop(
        name=Text("老赵脚大", "Old Zhao Has Big Feet"),
        voice=Text(
            "脚长45码，鞋子合不合适，我先替你走两天。",
            "Size 45. I walk two days in a pair before I say it fits.",
        ),
        keeper=Text("老赵", "Old Zhao"),
        is_woman=False,
        surname_zh="赵",
    ),
    Shop(
        name=Text("安静的梳妆台", "A Quiet Dressing Table"),
        voice=Text("不爱浓妆，五分钟出门，推荐的都好上手。", "Little make-up, five minutes, all of it easy."),
        keeper=Text("安静", "Anjing"),
        is_woman=True,
    ),
    Shop(
        name=Text("豆浆配油条", "Soya Milk and Dough Sticks"),
        voice=Text("吃这件事不讲究，讲究的是不难吃。", "I am not a gourmet. I just do not put up with bad food."),
        keeper=Text("油条哥", "Dough Stick"),
        is_woman=False,
    ),
    Shop(
        name=Text("小城慢递", "Small Town Post"),
        voice=Text(
            "住在小县城，快递要多两天，慢的我会提前说。",
            "I live in a small county town. If a parcel will be slow, I say so first.",
        ),
        keeper=Text("小城邮差", "Small Town Postman"),
        is_woman=False,
    ),
    Shop(
        name=Text("敏敏的护肤本", "Minmin's Skin Diary"),
        voice=Text(
            "敏感皮十二年，红过的地方都记在本子里。",
            "Twelve years of sensitive skin, written down in a notebook.",
        ),
        keeper=Text("敏敏", "Minmin"),
        is_woman=True,
    ),
    Shop(
        name=Text("爸爸的工具箱", "Dad's Toolbox"),
        voice=Text(
            "孩子爸挑的数码和工具，参数我不懂，他懂。",
            "My husband picks the gadgets. I do not know the figures, he does.",
        ),
        keeper=Text("果果妈", "Guoguo's Mum"),
        is_woman=True,
    ),
    Shop(
        name=Text("柿子熟了", "The Persimmons Are Ripe"),
        voice=Text(
            "秋天寄柿饼，冬天寄腊味，春天寄笋，夏天歇会儿。",
            "Persimmons in autumn, bacon in winter, bamboo shoots in spring, a rest in summer.",
        ),
        keeper=Text("柿子姐", "Sister Persimmon"),
        is_woman=True,
    ),
    Shop(
        name=Text("一盏小夜灯", "A Small Night Light"),
        voice=Text(
            "夜里喂奶的妈妈不用客气，睡不着就来问我。",
            "If you are up feeding the baby, do ask. I may be awake too.",
        ),
        keeper=Text("夜灯妈妈", "Night Light Mum"),
        is_woman=True,
    ),
    Shop(
        name=Text("灯下的毛线", "Yarn by the Lamp"),
        voice=Text("会织毛衣，看得出哪件会起球。", "I knit, so I can see which sweater will pill."),
        keeper=Text("毛线阿姨", "Auntie Yarn"),
        is_woman=True,
    ),
    Shop(
        name=Text("何家姐弟", "The He Siblings"),
        voice=Text("姐姐管吃，弟弟管电器，问谁都行。", "Sister does food, brother does gadgets. Ask either."),
        keeper=Text("何家大姐", "Elder Sister He"),
        is_woman=True,
        surname_zh="何",
    ),
    Shop(
        name=Text("跑步的阿凯", "Akai Runs"),
        voice=Text(
            "一周跑四次，鞋子袜子都跑过才上架。",
            "Four runs a week. Shoes and socks go online after the miles.",
        ),
        keeper=Text("阿凯", "Akai"),
        is_woman=False,
    ),
    Shop(
        name=Text("拾光小铺", "The Gathered Light Shop"),
        voice=Text(
            "卖得不多，回头客多，谢谢你们还记得我。",
            "I do not sell much, but people come back. Thank you for remembering me.",
        ),
        keeper=Text("拾光", "Gathered Light"),
        is_woman=True,
    ),
    Shop(
        name=Text("顺路带一份", "One for You Too"),
        voice=Text(
            "上班顺路的都叫上，凑单省运费，不凑也行。",
            "We order together on the way to work to save freight. Alone is fine too.",
        ),
        keeper=Text("顺路的兰兰", "Lanlan on the Way"),
        is_woman=True,
    ),
    Shop(
        name=Text("外婆的樟木箱", "Grandma's Camphor Chest"),
        voice=Text(
            "被褥收纳跟外婆学的，老办法加新东西。",
            "I learned storing quilts from my grandmother: old ways, some new things.",
        ),
        keeper=Text("樟木箱", "Camphor Chest"),
        is_woman=True,
    ),
    Shop(
        name=Text("小雪收快递", "Xiaoxue's Parcels"),
        voice=Text(
            "拆快递是爱好，拆完会老实说值不值。",
            "Opening parcels is my hobby. I say honestly whether it was worth it.",
        ),
        keeper=Text("小雪", "Xiaoxue"),
        is_woman=True,
    ),
    Shop(
        name=Text("田间来信", "Letter from the Field"),
        voice=Text(
            "老家种地的，什么时候收什么果，我发照片给你看。",
            "My family farms. I send pictures of what is being picked.",
        ),
        keeper=Text("田间", "From the Field"),
        is_woman=False,
    ),
    Shop(
        name=Text("一格小书包", "A Little Satchel"),
        voice=Text("背包背坏过六个，知道哪里先断。", "I have worn out six bags and know where they give way."),
        keeper=Text("书包哥", "Satchel"),
        is_woman=False,
    ),
    Shop(
        name=Text("许大哥的秤", "Brother Xu's Scales"),
        voice=Text(
            "分量不够的我不卖，称过才发图。",
            "I weigh before I post. Short measure does not get into my shop.",
        ),
        keeper=Text("许大哥", "Brother Xu"),
        is_woman=False,
        surname_zh="许",
    ),
)
