namespace VenueBooking.Demo;

/// <summary>Invented people and unions.</summary>
static class DemoNames
{
    const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
    const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文辉红梅志宇浩欣怡子涵晨雪佳琪思源";

    internal static readonly string[] Branches =
        ["月坛街道总工会", "银杏街道总工会", "双榆街道总工会", "清河街道总工会", "教育系统工会", "卫生系统工会", "商业服务业工会", "建筑行业工会"];

    static readonly string[] Kinds = ["第一小学", "机械厂", "百货商场", "环卫中心", "社区医院"];

    /// <summary>Forty grassroots unions, five under each branch.</summary>
    internal static string Grassroots(int branch, int index) => Branches[branch][..2] + Kinds[index] + "工会";

    internal static string Person(Random random) =>
        $"{Surnames[random.Next(Surnames.Length)]}{Given[random.Next(Given.Length)]}{(random.Next(3) == 0 ? "" : Given[random.Next(Given.Length)])}";
}
