//! Which of ShellCheck's codes are reported, and how bad each is.

use crate::script::{Dialect, Level};
use shuck_linter::Rule;

/// The codes that are reported, by their numbers, in ascending order.
pub fn codes() -> Vec<u16> {
    let of_rules = Level::ALL.into_iter().flat_map(rules_of).map(|(code, _)| *code);
    let mut codes: Vec<u16> = of_rules.chain(FIXED_WORDS.iter().map(|(_, code, _)| *code)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// How bad a code is, if it is reported.
pub fn level(code: u16) -> Option<Level> {
    let fixed = FIXED_WORDS.iter().find(|(_, fixed, _)| *fixed == code).map(|(.., level)| *level);
    fixed.or_else(|| Level::ALL.into_iter().find(|level| rules_of(*level).iter().any(|(known, _)| *known == code)))
}

/// The codes that make no sense in a Dockerfile, whoever reports them.
pub fn codes_without_sense() -> impl Iterator<Item = u16> {
    NO_FIRST_LINE.iter().chain(NO_OTHER_FILE).copied()
}

const NO_FIRST_LINE: &[u16] = &[1114, 1115, 1128, 2096, 2148, 2239];
const NO_OTHER_FILE: &[u16] = &[1090, 1091];

/// The codes that `shuck-linter` knows and that are not reported, with why. A test keeps them off.
#[cfg(test)]
pub(crate) const OFF: &[(&str, &[u16])] = &[
    (
        "The first line of a script chooses its shell. Here the Dockerfile does, and most scripts have no such line.",
        NO_FIRST_LINE,
    ),
    (
        "No other file can be read from here, so every file that is sourced would be reported. hadolint has these off as well.",
        NO_OTHER_FILE,
    ),
    (
        "ShellCheck 0.11 has no such code, or means something else by it. What the library finds under it is reported by ShellCheck's number, if it has one.",
        &[2264, 2265, 2271, 2272, 2273, 2274, 2277, 2333, 2336, 2339, 2370, 2387, 2389, 2390, 2391, 2396, 2399],
    ),
    ("The library reports it where ShellCheck reports SC1001, and that as well.", &[1004]),
    ("The library reports it for patterns within [[ ]], which ShellCheck reads.", &[1036]),
    (
        "The library reports it for some syntax of zsh alone, which ShellCheck reports by other numbers.",
        &[1076, 2082, 2298, 3028, 3056],
    ),
];

/// Words whose test is no question, with the code that ShellCheck has for each; for all others it is SC2078.
const FIXED_WORDS: &[(&str, u16, Level)] = &[
    ("false", 2158, Level::Error),
    ("0", 2159, Level::Error),
    ("true", 2160, Level::Style),
    ("1", 2161, Level::Style),
];

/// The code and the level of a test of a word.
pub(crate) fn fixed_word(word: &str) -> Option<(u16, Level)> {
    FIXED_WORDS.iter().find(|(known, ..)| *known == word).map(|(_, code, level)| (*code, *level))
}

/// The rules of each level, with ShellCheck 0.11's number for each. Where the library counts otherwise, ShellCheck's number stands.
pub(crate) fn rules_of(level: Level) -> &'static [(u16, Rule)] {
    match level {
        Level::Error => &[
            (1019, Rule::MissingBracketSpace),
            (1020, Rule::MissingSpaceBeforeBracketClose),
            (1035, Rule::JammedTestBracket),
            (1037, Rule::PositionalTenBraces),
            (1039, Rule::IndentedHeredocClose),
            (1040, Rule::SpacedTabstripClose),
            (1041, Rule::HeredocCloserNotAlone),
            (1042, Rule::MisquotedHeredocClose),
            (1044, Rule::HeredocMissingEnd),
            (1045, Rule::AmpersandSemicolon),
            (1046, Rule::UnterminatedIf),
            (1047, Rule::MissingFi),
            (1048, Rule::DanglingElse),
            (1049, Rule::IfMissingThen),
            (1058, Rule::UntilMissingDo),
            (1062, Rule::LoopWithoutEnd),
            (1062, Rule::MissingDoneInForLoop),
            (1064, Rule::FunctionBodyWithoutBraces),
            (1065, Rule::FunctionParamsInSh),
            (1069, Rule::IfBracketGlued),
            (1070, Rule::ZshRedirPipe),
            (1072, Rule::BrokenTestParse),
            (1073, Rule::BrokenTestEnd),
            (1074, Rule::ExtglobCase),
            (1075, Rule::ElseIf),
            (1080, Rule::LinebreakInTest),
            (1085, Rule::ExtglobInCasePattern),
            (1087, Rule::BraceVariableBeforeBracket),
            (1088, Rule::CshSyntaxInSh),
            (1089, Rule::StrayClosingKeyword),
            (1097, Rule::IfsEqualsAmbiguity),
            (1101, Rule::BackslashBeforeClosingBacktick),
            (1102, Rule::PositionalParamAsOperator),
            (1105, Rule::DoubleParenGrouping),
            (1118, Rule::HeredocEndSpace),
            (1126, Rule::TrailingDirective),
            (1127, Rule::CStyleComment),
            (1133, Rule::LinebreakBeforeAnd),
            (1140, Rule::ZshBraceIf),
            (1141, Rule::ZshAlwaysBlock),
            (1143, Rule::CommentedContinuationLine),
            (2045, Rule::LoopFromCommandOutput),
            (2066, Rule::QuotedDollarStarLoop),
            (2068, Rule::UnquotedArrayExpansion),
            (2070, Rule::UnquotedVariableInTest),
            (2071, Rule::GreaterThanInTest),
            (2072, Rule::StringComparisonForVersion),
            (2078, Rule::TruthyLiteralTest),
            (2080, Rule::LeadingZeroArithmetic),
            (2081, Rule::GlobInTestComparison),
            (2104, Rule::ContinueOutsideLoopInFunction),
            (2105, Rule::LoopControlOutsideLoop),
            (2127, Rule::BashCaseFallthrough),
            (2142, Rule::FunctionInAlias),
            (2144, Rule::GlobInTestDirectory),
            (2145, Rule::PositionalArgsInString),
            (2157, Rule::LiteralUnaryStringTest),
            (2168, Rule::LocalTopLevel),
            (2199, Rule::ArraySliceInComparison),
            (2218, Rule::FunctionCalledBeforeDefined),
            (2242, Rule::InvalidExitStatus),
            (2260, Rule::RedirectBeforePipe),
            (2261, Rule::DuplicateRedirect),
            (2270, Rule::AssignmentToNumericVariable),
            (2276, Rule::PlusPrefixInAssignment),
            (2280, Rule::AssignSpecialZero),
            (2282, Rule::BadVarName),
            (2290, Rule::SpacedAssignment),
            (2296, Rule::ZshFlagExpansion),
            (2299, Rule::NestedParameterExpansion),
            (2300, Rule::ZshParameterFlag),
            (2301, Rule::ZshParameterIndexFlag),
            (2316, Rule::LocalDeclareCombined),
            (2328, Rule::SubstWithRedirect),
        ],
        Level::Warning => &[
            (1007, Rule::AssignmentSpacing),
            (1010, Rule::BareDoneWord),
            (1011, Rule::LiteralBackslashInSingleQuotes),
            (1012, Rule::LiteralControlEscape),
            (1078, Rule::OpenDoubleQuote),
            (1083, Rule::LiteralBraces),
            (1110, Rule::UnicodeQuoteInString),
            (1112, Rule::UnicodeSingleQuoteInSingleQuotes),
            (1132, Rule::CPrototypeFragment),
            (2010, Rule::LsGrepPipeline),
            (2011, Rule::LsPipedToXargs),
            (2024, Rule::SudoRedirectionOrder),
            (2027, Rule::DoubleQuoteNesting),
            (2034, Rule::UnusedAssignment),
            (2038, Rule::FindOutputToXargs),
            (2043, Rule::SingleIterationLoop),
            (2044, Rule::FindOutputLoop),
            (2046, Rule::UnquotedCommandSubstitution),
            (2048, Rule::UnquotedDollarStar),
            (2050, Rule::ConstantComparisonTest),
            (2053, Rule::GlobInStringComparison),
            (2054, Rule::CommaArrayElements),
            (2057, Rule::EscapedNegationInTest),
            (2060, Rule::UnquotedTrClass),
            (2061, Rule::GlobInFindSubstitution),
            (2062, Rule::UnquotedGrepRegex),
            (2063, Rule::LeadingGlobInGrepPattern),
            (2064, Rule::TrapStringExpansion),
            (2069, Rule::StderrBeforeStdoutRedirect),
            (2076, Rule::QuotedBashRegex),
            (2088, Rule::TildeInStringComparison),
            (2089, Rule::AppendWithEscapedQuotes),
            (2090, Rule::VariableAsCommandName),
            (2091, Rule::IfDollarCommand),
            (2092, Rule::BacktickInCommandPosition),
            (2097, Rule::EnvPrefixCommandOnly),
            (2098, Rule::EnvPrefixExpansionOnly),
            (2100, Rule::AssignmentLooksLikeComparison),
            (2112, Rule::FunctionKeywordInSh),
            (2113, Rule::FunctionKeyword),
            (2115, Rule::RmGlobOnVariablePath),
            (2120, Rule::FunctionCalledWithoutArgs),
            (2121, Rule::SetFlagsWithoutDashes),
            (2124, Rule::QuotedArraySlice),
            (2125, Rule::GlobAssignedToVariable),
            (2128, Rule::QuotedBashSource),
            (2139, Rule::CommandSubstitutionInAlias),
            (2140, Rule::MixedQuoteWord),
            (2141, Rule::IfsSetToLiteralBackslashN),
            (2146, Rule::FindOrWithoutGrouping),
            (2154, Rule::UndefinedVariable),
            (2155, Rule::ExportCommandSubstitution),
            (2156, Rule::FindExecDirWithShell),
            (2163, Rule::ExportWithPositionalParams),
            (2164, Rule::UncheckedDirectoryChange),
            (2166, Rule::CompoundTestOperator),
            (2172, Rule::TrapSignalNumbers),
            (2178, Rule::ArrayToStringConversion),
            (2179, Rule::AppendToArrayAsString),
            (2184, Rule::UnsetAssociativeArrayElement),
            (2186, Rule::DeprecatedTempfileCommand),
            (2188, Rule::UnusedHeredoc),
            (2190, Rule::BrokenAssocKey),
            (2194, Rule::ConstantCaseSubject),
            (2195, Rule::ZshArraySubscriptInCase),
            (2198, Rule::AtSignInStringCompare),
            (2202, Rule::ArraySubscriptTest),
            (2206, Rule::UnquotedArraySplit),
            (2207, Rule::CommandOutputArraySplit),
            (2209, Rule::BareCommandNameAssignment),
            (2210, Rule::BadRedirectionFdOrder),
            (2211, Rule::BareGlobCommandPath),
            (2213, Rule::GetoptsOptionNotInCase),
            (2214, Rule::CaseArmNotInGetopts),
            (2215, Rule::DiffMarkerLine),
            (2216, Rule::PipeToKill),
            (2217, Rule::EchoHereDoc),
            (2220, Rule::GetoptsInvalidFlagHandler),
            (2221, Rule::CaseGlobReachability),
            (2222, Rule::CaseDefaultBeforeGlob),
            (2238, Rule::RedirectToCommandName),
            (2240, Rule::SourcedWithArgs),
            (2252, Rule::TautologyChain),
            (2254, Rule::CasePatternVar),
            (2257, Rule::ArithmeticRedirectionTarget),
            (2288, Rule::TemplateBraceInCommand),
            (2294, Rule::EvalOnArray),
            (2309, Rule::StringComparedWithEq),
            (2318, Rule::LocalCrossReference),
            (2319, Rule::StatusCaptureAfterBranchTest),
            (2327, Rule::SubstWithRedirectErr),
            (3001, Rule::ProcessSubstitution),
            (3002, Rule::ExtglobInSh),
            (3003, Rule::AnsiCQuoting),
            (3004, Rule::DollarStringInSh),
            (3005, Rule::CStyleForInSh),
            (3006, Rule::StandaloneArithmetic),
            (3007, Rule::LegacyArithmeticInSh),
            (3008, Rule::SelectLoop),
            (3009, Rule::BraceExpansion),
            (3010, Rule::DoubleBracketInSh),
            (3011, Rule::HereString),
            (3012, Rule::LexicalComparisonInDoubleBracket),
            (3014, Rule::TestEqualityOperator),
            (3015, Rule::RegexMatchInSh),
            (3016, Rule::VTestInSh),
            (3017, Rule::ATestInSh),
            (3018, Rule::CStyleForArithmeticInSh),
            (3020, Rule::AmpersandRedirection),
            (3021, Rule::AmpersandRedirectInSh),
            (3022, Rule::BraceFdRedirection),
            (3024, Rule::PlusEqualsAppend),
            (3026, Rule::CaretNegationInBracket),
            (3029, Rule::PipeStderrInSh),
            (3030, Rule::ArrayAssignment),
            (3032, Rule::Coproc),
            (3033, Rule::HyphenatedFunctionName),
            (3034, Rule::BashFileSlurp),
            (3037, Rule::EchoFlags),
            (3039, Rule::LetCommand),
            (3040, Rule::PipefailOption),
            (3041, Rule::ErrexitTrapInSh),
            (3043, Rule::LocalVariableInSh),
            (3044, Rule::DeclareCommand),
            (3045, Rule::WaitOption),
            (3046, Rule::SourceBuiltinInSh),
            (3047, Rule::TrapErr),
            (3048, Rule::SignalNameInTrap),
            (3050, Rule::PrintfQFormatInSh),
            (3051, Rule::SourceInsideFunctionInSh),
            (3052, Rule::BasePrefixInArithmetic),
            (3053, Rule::IndirectExpansion),
            (3054, Rule::ArrayReference),
            (3055, Rule::ArrayKeysInSh),
            (3057, Rule::SubstringExpansion),
            (3058, Rule::StarGlobRemovalInSh),
            (3059, Rule::CaseModificationExpansion),
            (3060, Rule::ReplacementExpansion),
            (3061, Rule::BareRead),
            (3062, Rule::OptionTestInSh),
            (3065, Rule::StickyBitTestInSh),
            (3067, Rule::OwnershipTestInSh),
        ],
        Level::Info => &[
            (1001, Rule::EscapedUnderscore),
            (1003, Rule::SingleQuoteBackslash),
            (1079, Rule::SuspectClosingQuote),
            (2009, Rule::PsGrepPipeline),
            (2012, Rule::LsInSubstitution),
            (2013, Rule::LineOrientedInput),
            (2014, Rule::UnquotedGlobsInFind),
            (2015, Rule::ChainedTestBranches),
            (2016, Rule::SingleQuotedLiteral),
            (2018, Rule::TrLowerRange),
            (2019, Rule::TrUpperRange),
            (2021, Rule::UnquotedTrRange),
            (2022, Rule::GlobInGrepPattern),
            (2026, Rule::UnquotedWordBetweenQuotes),
            (2028, Rule::EchoBackslashEscapes),
            (2029, Rule::SshLocalExpansion),
            (2030, Rule::SubshellLocalAssignment),
            (2031, Rule::SubshellSideEffect),
            (2035, Rule::LeadingGlobArgument),
            (2059, Rule::PrintfFormatVariable),
            (2086, Rule::UnquotedExpansion),
            (2094, Rule::RedirectClobbersInput),
            (2102, Rule::SuspiciousBracketGlob),
            (2103, Rule::UncheckedDirectoryChangeInFunction),
            (2117, Rule::SuWithoutFlag),
            (2119, Rule::FunctionReferencesUnsetParam),
            (2153, Rule::PossibleVariableMisspelling),
            (2162, Rule::ReadWithoutRaw),
            (2196, Rule::EgrepDeprecated),
            (2197, Rule::FgrepDeprecated),
            (2223, Rule::DefaultValueInColonAssign),
            (2231, Rule::GlobWithExpansionInLoop),
            (2267, Rule::XargsWithInlineReplace),
            (2291, Rule::RedundantSpacesInEcho),
            (2295, Rule::PatternWithVariable),
            (2308, Rule::ExprSubstrInTest),
            (2317, Rule::UnreachableAfterExit),
            (2329, Rule::OverwrittenFunction),
        ],
        Level::Style => &[
            (2001, Rule::EchoToSedSubstitution),
            (2003, Rule::ExprArithmetic),
            (2004, Rule::DollarInArithmetic),
            (2005, Rule::EchoedCommandSubstitution),
            (2006, Rule::LegacyBackticks),
            (2007, Rule::LegacyArithmeticExpansion),
            (2116, Rule::EchoInsideCommandSubstitution),
            (2126, Rule::GrepCountPipeline),
            (2129, Rule::CombineAppends),
            (2143, Rule::GrepOutputInTest),
            (2181, Rule::DollarQuestionAfterCommand),
            (2212, Rule::EmptyTest),
            (2219, Rule::AvoidLetBuiltin),
            (2233, Rule::SingleTestSubshell),
            (2235, Rule::SubshellTestGroup),
            (2268, Rule::XPrefixInTest),
            (2321, Rule::ArrayIndexArithmetic),
            (2323, Rule::ArithmeticScoreLine),
            (2331, Rule::AFlagInDoubleBracket),
        ],
    }
}

/// The codes whose fix leaves a script doing what it does, whatever its variables hold. The library calls more of them safe; those change what
/// is printed, or where a value is split.
const SAFE: &[u16] = &[2223, 2331];

/// Those of which that is true in Bash and Ksh alone: to others `$[1 + 2]` is text.
const SAFE_IN_BASH: &[u16] = &[2007];

/// Whether the fix of a code leaves a script doing what it does.
pub(crate) fn is_safe(code: u16, dialect: Dialect) -> bool {
    SAFE.contains(&code) || SAFE_IN_BASH.contains(&code) && matches!(dialect, Dialect::Bash | Dialect::Ksh)
}

/// What a fix does, where the library does not say what else it may change.
pub(crate) const LABELS: &[(u16, &str)] = &[
    (2046, "put it in quotes; what it prints is then one word"),
    (2048, "put it in quotes; the words stay as they were given"),
    (2068, "put it in quotes; the words stay as they were given"),
    (2086, "put it in quotes; a value of several words is then one"),
    (2206, "put it in quotes; a value of several words is then one"),
];

/// Codes for what POSIX does not define and a shell has all the same. As `shellcheck --shell=dash` and `--shell=busybox` leave them out.
pub(crate) const KNOWN_TO_DASH: &[u16] = &[3012, 3037, 3040, 3041, 3043, 3065, 3067];
/// Of BusyBox also what its `ash` does when it is tried, which ShellCheck says it cannot: version 1.35, built as Alpine does.
pub(crate) const KNOWN_TO_BUSYBOX: &[u16] =
    &[2113, 2240, 3001, 3003, 3010, 3014, 3015, 3020, 3026, 3046, 3047, 3048, 3051, 3057, 3058, 3060];
