//! The names of Unicode classes, which Go compares without case, spaces, underscores and hyphens.

/// Categories, Go's names for unions of them, and the aliases of Unicode's `PropertyValueAliases.txt`.
const CATEGORIES: &str = "any ascii assigned c cc cf cn co cs l lc ll lm lo lt lu m mc me mn n nd nl no p pc pd pe pf pi po ps \
s sc sk sm so z zl zp zs casedletter closepunctuation cntrl combiningmark connectorpunctuation control currencysymbol \
dashpunctuation decimalnumber digit enclosingmark finalpunctuation format initialpunctuation letter letternumber lineseparator \
lowercaseletter mark mathsymbol modifierletter modifiersymbol nonspacingmark number openpunctuation other otherletter \
othernumber otherpunctuation othersymbol paragraphseparator privateuse punct punctuation separator spaceseparator spacingmark \
surrogate symbol titlecaseletter unassigned uppercaseletter";

/// The scripts of Unicode 15 that Go 1.26 finds: it takes the underscores from what is written and not from its own names, and
/// so never finds a script of two words.
const SCRIPTS: &str = "adlam ahom arabic armenian avestan balinese bamum batak bengali bhaiksuki bopomofo brahmi braille buginese buhid carian chakma \
cham cherokee chorasmian common coptic cuneiform cypriot cyrillic deseret devanagari dogra duployan elbasan elymaic ethiopic \
georgian glagolitic gothic grantha greek gujarati gurmukhi han hangul hanunoo hatran hebrew hiragana inherited javanese kaithi \
kannada katakana kawi kharoshthi khmer khojki khudawadi lao latin lepcha limbu lisu lycian lydian mahajani makasar malayalam \
mandaic manichaean marchen medefaidrin miao modi mongolian mro multani myanmar nabataean nandinagari newa nko nushu ogham \
oriya osage osmanya palmyrene phoenician rejang runic samaritan saurashtra sharada shavian siddham sinhala sogdian soyombo \
sundanese syriac tagalog tagbanwa takri tamil tangsa tangut telugu thaana thai tibetan tifinagh tirhuta toto ugaritic vai \
vithkuqi wancho yezidi yi";

/// The class's name as the `regex` crate knows it, if Go knows it.
pub(super) fn class_name(written: &str) -> Option<String> {
    let name: String = written.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).map(|c| c.to_ascii_lowercase()).collect();
    let known = |names: &str| names.split_ascii_whitespace().any(|candidate| candidate == name);
    match name.as_str() {
        // Texts hold no surrogates, and the crate has no name for them.
        "cs" | "surrogate" => Some(String::new()),
        _ if known(CATEGORIES) => {
            Some(if matches!(name.as_str(), "any" | "ascii" | "assigned") { name } else { format!("gc={name}") })
        }
        _ if known(SCRIPTS) => Some(format!("sc={name}")),
        _ => None,
    }
}
