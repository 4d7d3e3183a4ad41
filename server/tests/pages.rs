//! What browsers are given besides the API.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod common;

use common::TestApp;
use reqwest::Response;

async fn get(app: &TestApp, path: &str) -> Response {
    reqwest::get(format!("{}{path}", app.base)).await.unwrap()
}

#[tokio::test]
async fn a_healthy_server_says_so() {
    let app = TestApp::start().await;
    assert_eq!(get(&app, "/healthz").await.status(), 200);
    let ready = get(&app, "/readyz").await;
    assert_eq!(
        (ready.status().as_u16(), ready.text().await.unwrap().as_str()),
        (200, "ready\n")
    );
    app.stop().await;
}

#[tokio::test]
async fn the_first_page_leads_on_and_lets_nothing_run() {
    let app = TestApp::start().await;
    let page = get(&app, "/").await;
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(!policy.contains("script-src 'unsafe-inline'"));
    assert_eq!(page.headers()["x-content-type-options"], "nosniff");
    let text = page.text().await.unwrap();
    assert!(
        ["/desk", "/admin", "/demo"]
            .iter()
            .all(|path| text.contains(&format!("href=\"{path}\"")))
    );
    assert!(!text.contains("{{"));
    app.stop().await;
}

#[tokio::test]
async fn people_who_get_lost_are_given_a_page_in_their_language() {
    let app = TestApp::start().await;
    let visit = async |path: &str| {
        let request = reqwest::Client::new().get(format!("{}{path}", app.base));
        let request = request
            .header("accept", "text/html,*/*")
            .header("accept-language", "zh-CN");
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    let (status, page) = visit("/nothing").await;
    assert_eq!(status, 404);
    assert!(
        page.contains(r#"<html lang="zh">"#) && page.contains("这里什么也没有"),
        "{page}"
    );
    let (status, page) = visit("/").await;
    assert_eq!(status, 200);
    assert!(page.contains("工作台") && !page.contains("{{"), "{page}");
    app.stop().await;
}

#[tokio::test]
async fn the_demonstration_carries_the_sites_key_and_can_be_switched_off() {
    let app = TestApp::start().await;
    let text = get(&app, "/demo").await.text().await.unwrap();
    assert!(text.contains("sitekey") && !text.contains("{{SITE_KEY}}"));
    assert_eq!(get(&app, "/demo?site=sitekey").await.status(), 200);
    assert_eq!(get(&app, "/demo?site=another").await.status(), 404);
    app.stop().await;

    let app = TestApp::start_with(&["--demo", "off"]).await;
    assert_eq!(get(&app, "/demo").await.status(), 404);
    assert!(!get(&app, "/").await.text().await.unwrap().contains("/demo"));
    app.stop().await;
}

#[tokio::test]
async fn pages_come_compressed_to_whom_can_read_that() {
    let app = TestApp::start().await;
    for path in ["/", "/demo"] {
        let page = get(&app, path).await;
        assert!(page.headers().get("content-encoding").is_none(), "{path}");
        let plain = page.bytes().await.unwrap();

        let request = reqwest::Client::new().get(format!("{}{path}", app.base));
        let page = request.header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!(page.headers()["content-encoding"], "gzip", "{path}");
        let varies: Vec<_> = page.headers().get_all("vary").iter().collect();
        assert!(
            varies.iter().any(|vary| *vary == "accept-encoding"),
            "{path}: {varies:?}"
        );
        assert!(page.bytes().await.unwrap().len() < plain.len() / 2, "{path}");
    }
    app.stop().await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let app = TestApp::start().await;
    for path in [
        "/nothing",
        "/desk/pkg/nothing.js",
        "/admin/pkg/../../Cargo.toml",
        "/desk/pkg/..%2f..%2fCargo.toml",
    ] {
        assert_eq!(get(&app, path).await.status(), 404, "{path}");
    }
    app.stop().await;
}
