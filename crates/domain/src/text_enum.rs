//! Closed lists: values as they stand in the contract and in the database, with a label in both languages.

use crate::Language;

/// A closed list of values.
pub trait TextEnum: Copy + Eq + 'static {
    /// The name of the list, in UpperCamelCase.
    const NAME: &'static str;
    /// All values, in the order in which they are documented.
    const ALL: &'static [Self];
    /// The value as it stands in the contract and in the database: UPPER_SNAKE_CASE.
    fn as_str(self) -> &'static str;
    /// The label a person reads.
    fn label(self, language: Language) -> &'static str;
    /// The value of this text.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.as_str() == text)
    }
    /// The list without its type, to publish it.
    fn describe() -> TextEnumDescription {
        TextEnumDescription {
            name: Self::NAME,
            values: || Self::ALL.iter().map(|value| value.as_str()).collect(),
            label: |text, language| Self::parse(text).map(|value| value.label(language)),
        }
    }
}

/// A closed list without its type.
#[derive(Debug, Clone, Copy)]
pub struct TextEnumDescription {
    /// The name of the list, in UpperCamelCase.
    pub name: &'static str,
    /// Gives all values in order.
    pub values: fn() -> Vec<&'static str>,
    /// Gives the label of a value.
    pub label: fn(&str, Language) -> Option<&'static str>,
}

/// Declares a closed list: documented variants, each with its text, its English and its Dutch label.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident = $text:tt, $english:tt, $dutch:tt;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name {
            $($(#[$variant_meta])* #[doc = $english] #[serde(rename = $text)] $variant,)+
        }

        impl $crate::TextEnum for $name {
            const NAME: &'static str = stringify!($name);
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
            fn label(self, language: $crate::Language) -> &'static str {
                match self { $(Self::$variant => language.pick($english, $dutch)),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::TextEnum::as_str(*self))
            }
        }
    };
}
