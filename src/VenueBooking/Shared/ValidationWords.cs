using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using VenueBooking.Web;

namespace VenueBooking.Shared;

/// <summary>
/// What annotations and model binding find wrong, in our words. <c>[Required]</c> and its like need no message of their own;
/// where one is better, <c>ErrorMessage</c> is the key of a text in any module.
/// </summary>
sealed class ValidationWords(Texts texts) : IConfigureOptions<MvcOptions>, IConfigureOptions<MvcDataAnnotationsLocalizationOptions>, IValidationMetadataProvider
{
    public void Configure(MvcDataAnnotationsLocalizationOptions options) =>
        options.DataAnnotationLocalizerProvider = (_, _) => new AnyModule(texts);

    public void Configure(MvcOptions options)
    {
        options.ModelMetadataDetailsProviders.Add(this);
        var say = options.ModelBindingMessageProvider;
        say.SetValueMustNotBeNullAccessor(_ => texts["rule_required"]);
        say.SetMissingBindRequiredValueAccessor(_ => texts["rule_required"]);
        say.SetMissingKeyOrValueAccessor(() => texts["rule_required"]);
        say.SetMissingRequestBodyRequiredValueAccessor(() => texts["rule_required"]);
        say.SetAttemptedValueIsInvalidAccessor((_, _) => texts["rule_invalid"]);
        say.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => texts["rule_invalid"]);
        say.SetUnknownValueIsInvalidAccessor(_ => texts["rule_invalid"]);
        say.SetNonPropertyUnknownValueIsInvalidAccessor(() => texts["rule_invalid"]);
        say.SetValueIsInvalidAccessor(_ => texts["rule_invalid"]);
        say.SetValueMustBeANumberAccessor(_ => texts["rule_number"]);
        say.SetNonPropertyValueMustBeANumberAccessor(() => texts["rule_number"]);
    }

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var rule in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
            if (rule is { ErrorMessage: null, ErrorMessageResourceName: null })
                rule.ErrorMessage = KeyOf(rule);
    }

    static string KeyOf(ValidationAttribute rule) => rule switch
    {
        RequiredAttribute => "rule_required",
        StringLengthAttribute { MinimumLength: > 0 } => "rule_length",
        StringLengthAttribute or MaxLengthAttribute => "rule_too_long",
        MinLengthAttribute => "rule_too_short",
        RangeAttribute => "rule_range",
        EmailAddressAttribute => "rule_email",
        CompareAttribute => "rule_compare",
        _ => "rule_invalid",
    };

    /// <summary>Finds a key in whichever module has it.</summary>
    sealed class AnyModule(Texts texts) : IStringLocalizer
    {
        public LocalizedString this[string name] => new(name, texts[name]);
        public LocalizedString this[string name, params object[] arguments] =>
            new(name, string.Format(CultureInfo.CurrentCulture, texts[name], arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
