//! What the terminal shows: address, its QR code, the accounts.

use crate::say::say;
use std::path::Path;

use pingyi_simulate::{Login, PASSWORD};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// Prints everything a visitor needs.
pub fn show(address: &str, folder: &Path, logins: &[Login]) {
    say!();
    if let Some(code) = qr(address) {
        say!("{code}");
    }
    say!("演示已启动，请用浏览器打开：{address}");
    say!("人员均为虚构。所有账号的密码都是：{PASSWORD}");
    say!();
    say!("{}", table(logins));
    say!("没有动过的单位和支部留给您体验：先用 danwei 签收通知、起草方案并报送，");
    say!("用 zuzhike 备案，再用 shuji 开会、发票，weiyuan 和 weiyuan2 各录一遍计票，");
    say!("最后用 shuji 报送汇总表、danwei 接收。会后的页面用 shuji2、dangyuan2、danwei2 看。");
    say!();
    say!("数据文件夹：{}（删掉它再运行就重新开始）", folder.display());
    say!("按 Ctrl-C 停止。");
}

/// Light modules are drawn, so that it reads on a dark terminal.
fn qr(address: &str) -> Option<String> {
    let code = QrCode::new(address.as_bytes()).ok()?;
    let mut drawing = code.render::<Dense1x2>();
    drawing
        .dark_color(Dense1x2::Light)
        .light_color(Dense1x2::Dark);
    Some(drawing.build())
}

/// Columns lined up: a Chinese character is two cells wide.
fn table(logins: &[Login]) -> String {
    let head = ["登录名", "身份", "姓名", "说明"];
    let rows: Vec<[&str; 4]> = std::iter::once(head)
        .chain(
            logins
                .iter()
                .map(|l| [&*l.login, &*l.role, &*l.name, &*l.note]),
        )
        .collect();
    let column = |at: usize| rows.iter().map(|row| cells(row[at])).max().unwrap_or(0);
    let widths = [column(0), column(1), column(2)];
    let mut text = String::new();
    for row in &rows {
        text.push_str("  ");
        for (cell, width) in row.iter().zip(widths) {
            text.push_str(cell);
            text.push_str(&" ".repeat(width - cells(cell) + 2));
        }
        text.push_str(row[3]);
        text.push('\n');
    }
    text
}

fn cells(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_script() {
        let login = |login: &str, role: &str| Login {
            role: role.into(),
            login: login.into(),
            name: "甲".into(),
            note: "注".into(),
        };
        let text = table(&[
            login("shuji", "支部书记"),
            login("zuzhike", "工委组织科（复核）"),
        ]);
        let at: Vec<usize> = text
            .lines()
            .skip(1)
            .map(|line| cells(line.split_once('甲').unwrap().0))
            .collect();
        assert_eq!(at[0], at[1]);
    }

    #[test]
    fn the_qr_code_is_square() {
        let code = qr("http://127.0.0.1:8015").unwrap();
        let lines: Vec<&str> = code.lines().collect();
        assert!(lines[0].chars().count().abs_diff(lines.len() * 2) <= 1);
    }
}
