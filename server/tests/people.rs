//! What administrators do to members and their groups.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod common;

use common::socket::{greeted, next, open};
use common::{TestApp, Visitor};
use domain::MemberId;
use serde_json::{Value, json};

/// The groups that the hub has the agent in, as the live page shows them.
async fn groups_in_force(app: &TestApp, visitor: &Visitor, agent: MemberId) -> Value {
    let mut live = greeted(open(app, visitor, "/ws/live").await.unwrap()).await;
    let view = next(&mut live).await;
    let agents = view["agents"].as_array().unwrap();
    agents.iter().find(|one| one["id"] == json!(agent)).unwrap()["groups"].clone()
}

#[tokio::test]
async fn a_created_member_logs_in_with_the_password_shown_once() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in("admin").await;
    let new = json!({"login": "Anna", "name": "安娜", "seats": 3, "groups": [1], "auth_groups": [3]});
    let created = admin.call("member/create", json!({"member": new})).await;
    assert_eq!(created.status, 200, "{}", created.body);
    let password = created.body["password"].as_str().unwrap();
    assert_eq!(app.visitor().log_in("anna", password).await.body["name"], "安娜");

    let again = admin
        .call(
            "member/create",
            json!({"member": {"login": "ANNA", "name": "A", "seats": 1}}),
        )
        .await;
    assert_eq!((again.status, &again.body["fields"]), (422, &json!({"login": "taken"})));
    let lost = json!({"login": "b2", "name": "B", "seats": 1, "groups": [999]});
    let lost = admin.call("member/create", json!({"member": lost})).await;
    assert_eq!(
        (lost.status, &lost.body["fields"]),
        (422, &json!({"groups": "unknown"}))
    );
    app.stop().await;
}

#[tokio::test]
async fn a_change_of_rules_is_in_force_at_once() {
    let app = TestApp::start().await;
    let anna = app.member("anna", &["supervisors"]).await;
    let mut visitor = app.sign_in("anna").await;
    assert_eq!(visitor.call("member/list", json!({})).await.status, 200);
    let mut admin = app.sign_in("admin").await;
    let change = json!({"name": "Anna", "seats": 1, "groups": [], "auth_groups": []});
    let answer = admin
        .call(
            "member/update",
            json!({"id": anna.id, "version": anna.version, "change": change}),
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(visitor.call("member/list", json!({})).await.status, 403);
    app.stop().await;
}

#[tokio::test]
async fn who_is_in_a_group_is_in_force_at_once() {
    let app = TestApp::start().await;
    let anna = app.member("anna", &["agents"]).await;
    let mut admin = app.sign_in("admin").await;
    let group = json!({"name": " After-sales ", "members": [anna.id]});
    let created = admin.call("member_group/create", json!({"group": group})).await;
    assert_eq!(created.status, 200, "{}", created.body);
    assert_eq!(created.body["name"], "After-sales");
    assert_eq!(groups_in_force(&app, &admin, anna.id).await, json!([1, 2]));

    let change = json!({"name": "Returns", "members": []});
    let update = json!({"id": created.body["id"], "version": created.body["version"], "change": change});
    let updated = admin.call("member_group/update", update).await;
    assert_eq!((updated.status, &updated.body["name"]), (200, &json!("Returns")));
    assert_eq!(groups_in_force(&app, &admin, anna.id).await, json!([1]));

    let lost = json!({"id": 1, "version": 1, "change": {"name": "", "members": [999]}});
    let lost = admin.call("member_group/update", lost).await;
    assert_eq!((lost.status, &lost.body["fields"]), (422, &json!({"name": "required"})));
    let groups = admin.call("member_group/list", json!({})).await.body;
    let version = &groups
        .as_array()
        .unwrap()
        .iter()
        .find(|group| group["id"] == 1)
        .unwrap()["version"];
    let lost = json!({"id": 1, "version": version, "change": {"name": "Service", "members": [999]}});
    let lost = admin.call("member_group/update", lost).await;
    assert_eq!(
        (lost.status, &lost.body["fields"]),
        (422, &json!({"members": "unknown"}))
    );
    app.stop().await;
}

#[tokio::test]
async fn nobody_hands_out_or_lays_hands_on_rules_they_do_not_hold() {
    let app = TestApp::start().await;
    let rules = [
        domain::Rule::MemberView,
        domain::Rule::MemberEdit,
        domain::Rule::ConversationServe,
    ];
    let personnel = app.store.create_auth_group("personnel", &rules).await.unwrap();
    app.member("petra", &["personnel"]).await;
    let anna = app.member("anna", &["agents"]).await;
    let mut petra = app.sign_in("petra").await;

    let promoted = json!({"name": "Anna", "seats": 1, "groups": [], "auth_groups": [1]});
    assert_eq!(
        petra
            .call(
                "member/update",
                json!({"id": anna.id, "version": anna.version, "change": promoted})
            )
            .await
            .status,
        403
    );
    let new = json!({"login": "eve", "name": "Eve", "seats": 1, "auth_groups": [1]});
    assert_eq!(petra.call("member/create", json!({"member": new})).await.status, 403);
    assert_eq!(
        petra
            .call("member/reset_password", json!({"id": 1, "version": 1}))
            .await
            .status,
        403
    );
    assert_eq!(
        petra
            .call("member/set_disabled", json!({"id": 1, "disabled": true}))
            .await
            .status,
        403
    );

    let within = json!({"name": "Anna", "seats": 1, "groups": [], "auth_groups": [personnel.id]});
    assert_eq!(
        petra
            .call(
                "member/update",
                json!({"id": anna.id, "version": anna.version, "change": within})
            )
            .await
            .status,
        200
    );
    app.stop().await;
}

#[tokio::test]
async fn the_last_who_can_edit_members_stays_one() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in("admin").await;
    let stripped =
        json!({"id": 1, "version": 1, "change": {"name": "Admin", "seats": 0, "groups": [], "auth_groups": []}});
    let refused = admin.call("member/update", stripped.clone()).await;
    assert_eq!((refused.status, refused.code()), (409, "conflict"));
    assert_eq!(
        admin
            .call("member/set_disabled", json!({"id": 1, "disabled": true}))
            .await
            .status,
        409
    );

    app.member("second", &["administrators"]).await;
    assert_eq!(admin.call("member/update", stripped).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn a_login_that_could_be_taken_for_another_one_is_refused() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in("admin").await;
    let mut problem = async |login: &str| {
        let member = json!({"login": login, "name": "A", "seats": 1});
        let answer = admin.call("member/create", json!({"member": member})).await;
        (
            answer.status,
            answer.body["fields"]["login"].as_str().unwrap_or_default().to_owned(),
        )
    };
    for (login, why) in [
        ("ad\u{200B}min", "hidden"),
        ("\u{202E}nimda", "hidden"),
        ("admin\u{3164}", "hidden"),
        // Cyrillic а.
        ("\u{430}dmin", "confusable"),
        // Full width: the same letters once more.
        ("\u{FF41}dmin", "taken"),
    ] {
        assert_eq!(problem(login).await, (422, why.to_owned()), "{login:?}");
    }
    assert_eq!(problem("ace").await.0, 200);
    // асе, all of it Cyrillic.
    assert_eq!(problem("\u{430}\u{441}\u{435}").await, (422, "confusable".to_owned()));
    assert_eq!(problem("王小明").await.0, 200);
    app.stop().await;
}

#[tokio::test]
async fn what_is_pasted_along_with_a_login_does_not_keep_its_owner_out() {
    let app = TestApp::start().await;
    let answer = app.visitor().log_in("\u{FEFF}admin\u{200B} ", common::PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    // A login of before, when anything could be in one.
    app.member("old\u{200B}login", &["agents"]).await;
    let answer = app.visitor().log_in("old\u{200B}login", common::PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    app.stop().await;
}

#[tokio::test]
async fn names_are_kept_without_what_turns_or_hides_them() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in("admin").await;
    let group = json!({"name": "After\u{202E}-sales\u{200B}", "members": []});
    let created = admin.call("member_group/create", json!({"group": group})).await;
    assert_eq!(created.body["name"], "After-sales");
    let blank = json!({"name": "\u{3164}\u{200B}", "allowed_origins": [], "group": 1});
    let refused = admin.call("site/create", json!({"site": blank})).await;
    assert_eq!(
        (refused.status, &refused.body["fields"]["name"]),
        (422, &json!("required"))
    );
    app.stop().await;
}

#[tokio::test]
async fn what_two_administrators_change_at_once_is_not_lost() {
    let app = TestApp::start().await;
    let anna = app.member("anna", &["administrators", "agents"]).await;
    let (mut first, mut second) = (app.sign_in("admin").await, app.sign_in("admin").await);
    let change = |groups: Value| json!({"name": "Anna", "seats": 1, "groups": [], "auth_groups": groups});
    let update = |groups| json!({"id": anna.id, "version": anna.version, "change": change(groups)});
    assert_eq!(first.call("member/update", update(json!([3]))).await.status, 200);
    // From the form that was loaded before, with the right that was taken away.
    let late = second.call("member/update", update(json!([1, 3]))).await;
    assert_eq!((late.status, late.code()), (409, "conflict"));
    let current = &late.body["current"];
    assert_eq!((&current["auth_groups"], &current["seats"]), (&json!([3]), &json!(1)));
    // From what is current it succeeds.
    let again = json!({"id": anna.id, "version": current["version"], "change": change(json!([3]))});
    assert_eq!(second.call("member/update", again).await.status, 200);

    let late = second
        .call("member/reset_password", json!({"id": anna.id, "version": anna.version}))
        .await;
    assert_eq!((late.status, &late.body["current"]["name"]), (409, &json!("Anna")));

    let site = first.call("site/list", json!({})).await.body[0].clone();
    let change = |origin: &str| json!({"name": "Shop", "allowed_origins": [origin], "group": site["group"]});
    let update = |origin| json!({"id": site["id"], "version": site["version"], "change": change(origin)});
    assert_eq!(first.call("site/update", update("https://a.example")).await.status, 200);
    let late = second.call("site/update", update("https://b.example")).await;
    assert_eq!(late.status, 409);
    assert_eq!(late.body["current"]["allowed_origins"], json!(["https://a.example"]));

    let group = first.call("member_group/list", json!({})).await.body[0].clone();
    let update = |name: &str| {
        let change = json!({"name": name, "members": group["members"]});
        json!({"id": group["id"], "version": group["version"], "change": change})
    };
    assert_eq!(first.call("member_group/update", update("One")).await.status, 200);
    let late = second.call("member_group/update", update("Two")).await;
    assert_eq!((late.status, &late.body["current"]["name"]), (409, &json!("One")));
    app.stop().await;
}
