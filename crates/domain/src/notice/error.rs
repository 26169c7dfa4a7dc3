//! What can be wrong with a notice file.

use jiff::civil::Date;
use thiserror::Error;

/// A notice file that was refused: where and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("通知文件第 {line} 行：{problem}")]
pub struct NoticeError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: NoticeProblem,
}

/// What is wrong, and what it should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoticeProblem {
    /// Not TOML, or not of the expected shape.
    #[error("{0}。请对照 notices 目录中的样例修改。")]
    Syntax(String),
    /// Something that must be there is empty.
    #[error("“{0}”是空的。请填写。")]
    Empty(&'static str),
    /// Fewer than two grades.
    #[error("评议等次只有 {0} 个。至少要有两个等次，由好到差排列。")]
    TooFewGrades(usize),
    /// A key or label used twice in one list.
    #[error("{list}中“{key}”重复。每一项要用不同的名称。")]
    Duplicate {
        /// Which list.
        list: &'static str,
        /// The repeated key.
        key: String,
    },
    /// Deadlines out of order.
    #[error(
        "{later}（{later_on}）早于{earlier}（{earlier_on}）。时间应为：发文、方案、会议、汇总依次不早于前一项。"
    )]
    Deadlines {
        /// What should come first.
        earlier: &'static str,
        /// Its day.
        earlier_on: Date,
        /// What should come after.
        later: &'static str,
        /// Its day.
        later_on: Date,
    },
    /// Not a clause.
    #[error("“{0}”不是条款号。写法如：序、一、二、4b、三、0、附件1。")]
    Clause(String),
    /// Not a rule.
    #[error("没有“{0}”这条规则。请照 notices 目录中的样例填写。")]
    Rule(String),
    /// Not a fraction or threshold.
    #[error("“{0}”不是有效的比例。写法如：1/3、> 1/2、>= 2/3，分子不大于分母。")]
    Fraction(String),
    /// Not a term of keeping.
    #[error("“{0}”不是保管期限。可写 permanent、30 years（1 至 100 年）或 after-publicity。")]
    Term(String),
    /// Not a by-when.
    #[error("“{0}”不是期限。可写 plan、meeting、summary、none 或日期 2015-08-31。")]
    By(String),
    /// Words that are not in the notice's text.
    #[error("“{words}”不是通知第“{clause}”条的原文。请照原文摘录。")]
    WordsNotInText {
        /// The clause named.
        clause: String,
        /// The words.
        words: String,
    },
    /// A line break or another character nobody sees.
    #[error("有换行或看不见的控制字符。请删去重新输入。")]
    Control,
    /// A title too long for the screen.
    #[error("任务名称“{0}”超过 20 个字。请缩短。")]
    LongTitle(String),
}

impl NoticeError {
    /// The parser's complaint with its line.
    pub(super) fn syntax(text: &str, error: &toml::de::Error) -> Self {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.get(..at).unwrap_or(text);
        Self {
            line: before.matches('\n').count() + 1,
            problem: NoticeProblem::Syntax(reason(error.message())),
        }
    }
}

/// The parser's message in Chinese where its kind is known, else its own words.
fn reason(message: &str) -> String {
    let message = message.trim().trim_end_matches('。');
    if message.chars().any(|c| c > '\u{2E80}') {
        // From one of our own types, already in Chinese.
        return message.to_owned();
    }
    let name = message.split('`').nth(1).unwrap_or_default();
    let kinds = [
        ("missing field", format!("缺少“{name}”")),
        ("unknown field", format!("没有“{name}”这一项")),
        ("unknown variant", format!("“{name}”不在可选的值之内")),
        ("duplicate key", format!("“{name}”写了两次")),
        ("invalid type", format!("值的类型不对（{message}）")),
    ];
    let known = kinds
        .into_iter()
        .find(|(start, _)| message.starts_with(start));
    known.map_or_else(|| format!("读不懂（{message}）"), |(_, words)| words)
}
