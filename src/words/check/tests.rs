use super::*;

#[test]
fn what_is_not_kept_is_said_with_what_to_write() {
    let part =
        |kind, id: &str, title: &str| Part { kind, id: id.to_owned(), title: title.to_owned() };
    let skill = || part(Kind::Node(NodeKind::Skill), "k", "Bread");
    let resource = || part(Kind::Node(NodeKind::Resource), "k", "Bread");
    let sailing = || part(Kind::Node(NodeKind::Skill), "k", "Sailing");
    let reused = |after: Part, moved_to: Option<&str>| breach::What::Reused {
        before: skill(),
        after,
        moved_to: moved_to.map(str::to_owned),
    };
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let all = [
        breach::What::Gone(skill()),
        breach::What::Gone(part(Kind::Node(NodeKind::Topic), "t", "T")),
        breach::What::Gone(part(Kind::Question, "q", "Why?")),
        breach::What::Gone(part(Kind::Area, "tools", "Tools")),
        breach::What::Gone(part(Kind::Role, "smith", "Smith")),
        breach::What::LooksRenamed { from: skill(), why: Alike::Url, replaces: ids(&["j", "k"]) },
        reused(sailing(), None),
        reused(resource(), None),
        reused(sailing(), Some("bread")),
        breach::What::NotReplaced { old: "j".to_owned(), replaces: ids(&["j"]) },
        breach::What::Criteria(part(Kind::Node(NodeKind::Milestone), "m", "M")),
        breach::What::Path { old: "cooking".to_owned(), replaces: ids(&["cooking"]) },
        breach::What::Everything,
    ];
    let said: Vec<String> =
        all.iter().map(|what| format!("{}\n  {}", not_kept(what), keep(what))).collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    the skill `k` is gone, with all that is recorded of it
      keep it with `retired = true`, or list `k` in the `replaces` of what takes its place
    the topic `t` is gone, with all that is recorded of it
      list `t` in the `replaces` of the topic that takes its place
    the question `q` is gone, with all that is recorded of it
      list `q` in the `replaces` of the question that takes its place
    the skill area `tools` is gone, with all that is recorded of it
      list `tools` in the `replaces` of the skill area that takes its place
    the role `smith` is gone; learners who aim at it have no role
      keep the role
    `k` is gone, and this has its URL: it looks renamed
      write `replaces = ["j", "k"]`, so that what is recorded follows
    `k` was "Bread" and is "Sailing": what is recorded under it would count for something else
      give it an id of its own, and keep the old one with `retired = true`
    `k` was a skill and is a resource: what is recorded under it would count for something else
      give it an id of its own, and keep the old one with `retired = true`
    `k` was "Bread" and is "Sailing": what is recorded under it would count for something else
      give it an id of its own; `bread` is what `k` was
    `replaces` no longer lists `j`, so what is recorded under it is lost
      write `replaces = ["j"]`
    the criteria of `m` changed; learners who finished it did so under the old ones
      if it asks for something else now, give it an id of its own and keep the old one with `retired = true`
    the id of the path was `cooking`, and its `replaces` does not list that
      write `replaces = ["cooking"]`
    it has nothing of the previous version: this is another path
      give it an id of its own
    "#);
}
