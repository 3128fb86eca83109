namespace VenueBooking.Demo;

/// <summary>The invented places of the demo: 24 venues, over all activities. Nothing here exists.</summary>
static class DemoVenues
{
    /// <param name="Count">How many alike: courts 1…n.</param>
    /// <param name="Capacity">1: exclusive; more: sold by places.</param>
    /// <param name="YuanAnHour">What the federation pays.</param>
    internal sealed record Room(string Name, string NameEn, string Activity, int Count, int Capacity, int MaxParty, int YuanAnHour);

    internal sealed record Place(string Name, string NameEn, string About, string AboutEn, string Address, double North, double East, Room[] Rooms);

    static Room Courts(string activity, string name, string nameEn, int count, int party, int yuan) => new(name, nameEn, activity, count, 1, party, yuan);

    static Room Places(string activity, string name, string nameEn, int capacity, int yuan, int count = 1) => new(name, nameEn, activity, count, capacity, 4, yuan);

    static Room Badminton(int count, int yuan = 60) => Courts("badminton", "羽毛球场", "Badminton court", count, 6, yuan);
    static Room TableTennis(int count) => Courts("table_tennis", "乒乓球台", "Table tennis table", count, 4, 25);
    static Room Yoga => Places("yoga", "瑜伽教室", "Yoga room", 16, 120);
    static Room Dance => Places("dance", "舞蹈教室", "Dance studio", 20, 120);
    static Room Gym => Places("gym", "健身区", "Gym floor", 30, 150);

    internal static readonly Place[] All =
    [
        new("晨光职工羽毛球馆", "Chenguang Badminton Hall", "六片标准场地，地铁站步行五分钟。", "Six standard courts, five minutes on foot from the metro.", "示范区银杏路 12 号", 0.004, -0.012, [Badminton(6)]),
        new("双榆体育馆", "Shuangyu Sports Hall", "羽毛球、篮球、乒乓球一馆齐全。", "Badminton, basketball and table tennis under one roof.", "示范区双榆大街 88 号", 0.011, 0.003, [Badminton(4, 70), Courts("basketball", "篮球场", "Basketball court", 1, 12, 240), TableTennis(4)]),
        new("北海桥工人文化宫", "Beihaiqiao Workers' Palace", "文化宫老楼，排练厅与书画室。", "The old palace: rehearsal halls and studios.", "示范区文化宫路 1 号", -0.006, 0.009, [Places("choir", "合唱排练厅", "Choir hall", 60, 200), Places("calligraphy", "书画室", "Calligraphy studio", 24, 80), Dance, Places("screening", "放映厅", "Screening hall", 120, 300)]),
        new("清河游泳馆", "Qinghe Swimming Pool", "二十五米泳道，恒温。", "Heated 25-metre pool.", "示范区清河东路 36 号", 0.018, -0.004, [Places("swimming", "泳池", "Pool", 60, 600)]),
        new("柳荫球场", "Liuyin Pitches", "五人制人工草坪，夜间有灯。", "Five-a-side artificial turf, floodlit.", "示范区柳荫街 5 号", -0.013, -0.008, [Courts("football", "五人足球场", "Five-a-side pitch", 2, 14, 300)]),
        new("红砖健身中心", "Red Brick Fitness", "老厂房改造，器械与团课。", "A converted works hall: machines and classes.", "示范区红砖胡同 20 号", 0.002, 0.014, [Gym, Yoga, Dance]),
        new("槐树里社区文体中心", "Huaishuli Community Centre", "楼下就是，老少皆宜。", "Just downstairs, for all ages.", "示范区槐树里 7 号", 0.009, 0.017, [TableTennis(3), Places("chess", "棋牌室", "Chess room", 20, 60), Places("calligraphy", "书法教室", "Calligraphy room", 18, 70)]),
        new("金桥羽乐汇", "Jinqiao Racquet Club", "八片场地，木地板，有淋浴。", "Eight courts on wood, with showers.", "示范区金桥路 66 号", -0.010, 0.019, [Badminton(5, 80)]),
        new("白塔乒羽馆", "Baita Racquet Hall", "乒乓球、羽毛球专馆。", "Table tennis and badminton.", "示范区白塔北街 3 号", 0.006, -0.020, [Badminton(3), TableTennis(3)]),
        new("长桥篮球公园", "Changqiao Basketball Park", "室内两片全场。", "Two full indoor courts.", "示范区长桥南路 41 号", -0.018, 0.002, [Courts("basketball", "篮球场", "Basketball court", 2, 14, 220)]),
        new("枫林网球中心", "Fenglin Tennis Centre", "气膜馆，四季可打。", "An air dome, playable all year.", "示范区枫林路 9 号", 0.021, 0.011, [Courts("tennis", "网球场", "Tennis court", 2, 4, 160)]),
        new("朝阳里排球馆", "Chaoyangli Volleyball Hall", "气排球、硬排球均可。", "Soft and hard volleyball.", "示范区朝阳里 15 号", -0.003, -0.017, [Courts("volleyball", "排球场", "Volleyball court", 1, 16, 180)]),
        new("蓝港游泳健身馆", "Langang Swim & Gym", "泳池与器械区。", "Pool and gym.", "示范区蓝港大道 100 号", 0.015, 0.022, [Places("swimming", "泳池", "Pool", 40, 500), Gym]),
        new("什锦胡同职工之家", "Shijin Hutong Workers' Home", "四合院里的棋牌与读书沙龙。", "Chess and talks in a courtyard house.", "示范区什锦胡同 33 号", 0.001, 0.005, [Places("chess", "棋室", "Chess room", 16, 50), Places("lecture", "沙龙厅", "Salon", 40, 120)]),
        new("育才学校体育馆", "Yucai School Gym", "课余时间向职工开放。", "Open to workers after school.", "示范区育才街 2 号", -0.008, -0.003, [Badminton(3, 50), Courts("basketball", "篮球场", "Basketball court", 1, 12, 180)]),
        new("新街影院职工厅", "Xinjie Cinema, Workers' Screen", "每周放映与影评。", "Weekly screenings and talks.", "示范区新街口 55 号", 0.005, 0.001, [Places("screening", "三号厅", "Screen 3", 80, 400)]),
        new("和声合唱艺术中心", "Hesheng Choir Centre", "声学排练厅两间。", "Two acoustic rehearsal rooms.", "示范区和平门 18 号", -0.015, 0.012, [Places("choir", "排练厅", "Rehearsal room", 50, 180, 2)]),
        new("轻燕瑜伽馆", "Qingyan Yoga", "安静，提供瑜伽垫。", "Quiet; mats provided.", "示范区轻燕路 27 号", 0.013, -0.015, [Places("yoga", "瑜伽教室", "Yoga room", 14, 130, 2)]),
        new("舞韵艺术空间", "Wuyun Dance Space", "镜面教室，木地板。", "Mirrored studios on sprung floors.", "示范区舞韵街 8 号", -0.001, 0.021, [Places("dance", "舞蹈教室", "Dance studio", 18, 120, 2)]),
        new("铁西职工健身房", "Tiexi Workers' Gym", "早晚开放，器械齐全。", "Open early and late, fully equipped.", "示范区铁西路 74 号", -0.020, -0.014, [Gym, TableTennis(2)]),
        new("西单工会会议中心", "West Market Meeting Centre", "会议与讲座。", "Meetings and lectures.", "示范区西市街 10 号", -0.004, -0.006, [Courts("meeting", "会议室", "Meeting room", 2, 20, 100), Places("lecture", "报告厅", "Lecture hall", 100, 260)]),
        new("运河足球公园", "Canal Football Park", "七人制与五人制场地。", "Seven- and five-a-side pitches.", "示范区运河西路 61 号", 0.024, -0.010, [Courts("football", "七人足球场", "Seven-a-side pitch", 1, 18, 400), Courts("football", "五人足球场", "Five-a-side pitch", 1, 12, 280)]),
        new("墨香书画院", "Moxiang Art House", "书法、国画公益教室。", "Calligraphy and ink painting.", "示范区墨香巷 6 号", 0.008, 0.008, [Places("calligraphy", "书法教室", "Calligraphy room", 20, 90, 2)]),
        new("东湖羽毛球活动中心", "Donghu Badminton Centre", "四片场地，停车方便。", "Four courts, easy parking.", "示范区东湖环路 19 号", -0.022, 0.016, [Badminton(4, 55)]),
    ];

    /// <summary>The centre the venues lie around: invented streets on a real map need some place to be.</summary>
    internal const double Latitude = 39.915, Longitude = 116.366;
}
