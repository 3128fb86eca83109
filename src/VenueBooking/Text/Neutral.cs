using System.Resources;

// Chinese is the language every text is written in first: it lies in a satellite like the others, and is what is fallen back on.
[assembly: NeutralResourcesLanguage("zh-CN", UltimateResourceFallbackLocation.Satellite)]
