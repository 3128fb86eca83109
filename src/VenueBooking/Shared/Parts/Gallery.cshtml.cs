using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using VenueBooking.Web;

namespace VenueBooking.Shared.Parts;

/// <summary>Every part in every state, in Development only: the place to look at, and to mend, the look of the whole site.</summary>
[AllowAnonymous]
public sealed class GalleryModel(IWebHostEnvironment environment, SiteTime time) : PageModel
{
    [BindProperty]
    public Sample Input { get; set; } = new();

    public DateOnly Today => time.Today;

    public DateTimeOffset At(int day, int hour, int minute = 0) => SiteTime.At(time.Today.AddDays(day), new TimeOnly(hour, minute));

    /// <summary>The page's sample words: this page is seen by those who build the site, in both languages.</summary>
    public static string Say(string chinese, string english) => CultureInfo.CurrentUICulture.Name.StartsWith("zh", StringComparison.Ordinal) ? chinese : english;

    public IActionResult OnGet(bool wrong, bool empty)
    {
        if (!environment.IsDevelopment())
            return NotFound();
        if (wrong)
        {
            ModelState.AddModelError("", Say("这个时段刚刚被约满。", "That time has just been taken."));
            ModelState.AddModelError("Input.Email", Say("请填写邮箱，例如 name@example.cn", "Enter an e-mail address, such as name@example.cn"));
            ModelState.AddModelError("Input.Activity", Say("请选择一项活动", "Choose an activity"));
            ModelState.AddModelError("Input.Size", Say("人数在 1 到 8 之间", "Between 1 and 8 people"));
        }
        return Page();
    }

    public IActionResult OnPost()
    {
        if (!environment.IsDevelopment())
            return NotFound();
        if (!ModelState.IsValid)
            return Page();
        this.Flash(Say("已保存。", "Saved."));
        return RedirectToPage();
    }

    public sealed class Sample
    {
        [Required, EmailAddress, StringLength(200)]
        public string Email { get; set; } = "";
        [Required, DataType(DataType.Password)]
        public string Password { get; set; } = "";
        public string? CardNumber { get; set; }
        [Range(1, 8)]
        public int Size { get; set; } = 2;
        public decimal Price { get; set; } = 12.5m;
        public DateOnly Day { get; set; } = new(2026, 12, 24);
        public TimeOnly From { get; set; } = new(19, 0);
        [DataType(DataType.MultilineText), StringLength(500)]
        public string? Remarks { get; set; }
        [Required]
        public string Activity { get; set; } = "badminton";
        public List<string> Weekdays { get; set; } = ["1", "4"];
        public bool Agreed { get; set; }
        public IFormFile? Photo { get; set; }
    }
}
