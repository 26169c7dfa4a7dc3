//! What can be wrong with a scheme.

use thiserror::Error;

/// A scheme that was refused: where and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("考评方案第 {line} 行：{problem}")]
pub struct SchemeError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: SchemeProblem,
}

/// What is wrong, and what it should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SchemeProblem {
    /// Not TOML, or not of the expected shape.
    #[error("{0}。请对照样式修改。")]
    Syntax(String),
    /// No item at all.
    #[error("一个考核项目也没有。请至少写一项。")]
    NoItems,
    /// Something that must be there is empty.
    #[error("“{0}”是空的。请填写。")]
    Empty(&'static str),
    /// A key used twice.
    #[error("key“{0}”重复。每一项要用不同的词。")]
    Duplicate(String),
    /// A key storage and forms cannot use.
    #[error("key“{0}”只能用小写英文字母、数字和短横，最多 40 个字符。")]
    Key(String),
    /// Points that cannot be read.
    #[error("标准分“{text}”{why}")]
    Points {
        /// As written.
        text: String,
        /// Why.
        why: super::PointsProblem,
    },
    /// Neither a rule nor a figure.
    #[error("台帐依据“{0}”不存在。可写通知要求的规则词，或 branch-coverage、member-coverage。")]
    Evidence(String),
}
