"use strict";
(function () {
  var form = document.getElementById("filter");
  if (!form) { return; }
  var account = document.getElementById("by-account");
  var severity = document.getElementById("by-severity");
  var rule = document.getElementById("by-rule");
  var search = document.getElementById("by-text");
  var shown = document.getElementById("shown");
  var nothing = document.getElementById("nothing");
  var groups = Array.prototype.map.call(document.querySelectorAll("details.account"), function (element) {
    return {
      element: element,
      account: element.dataset.account,
      posts: Array.prototype.map.call(element.querySelectorAll(".post"), function (post) {
        return {
          element: post,
          findings: Array.prototype.map.call(post.querySelectorAll(".finding"), function (finding) {
            return {
              element: finding,
              severity: finding.dataset.severity,
              rule: finding.dataset.rule,
              text: null
            };
          })
        };
      })
    };
  });
  // The words of thousands of findings are gathered when somebody searches, not while the page opens.
  function textOf(finding, post, group) {
    if (finding.text === null) {
      finding.text = (post.element.querySelector(".title").textContent + " " + finding.element.textContent + " "
        + group.element.querySelector("summary").textContent).toLowerCase();
    }
    return finding.text;
  }
  var total = document.querySelectorAll(".finding").length;

  function apply() {
    var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    groups.forEach(function (group) {
      var inGroup = 0;
      group.posts.forEach(function (post) {
        var inPost = 0;
        post.findings.forEach(function (finding) {
          var match = (!account.value || account.value === group.account)
            && (!severity.value || severity.value === finding.severity)
            && (!rule.value || rule.value === finding.rule)
            && words.every(function (word) { return textOf(finding, post, group).indexOf(word) >= 0; });
          finding.element.hidden = !match;
          if (match) { inPost += 1; }
        });
        post.element.hidden = !inPost;
        inGroup += inPost;
      });
      group.element.hidden = !inGroup;
      count += inGroup;
    });
    nothing.hidden = count > 0;
    var all = count === total;
    form.toggleAttribute("data-all", all);
    shown.textContent = all ? "共 " + total + " 个问题" : "筛选后显示 " + count + " 个，共 " + total + " 个问题";
  }

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    [account, severity, rule, search].forEach(function (field) { field.value = ""; });
    apply();
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.account").forEach(function (element) { element.open = true; });
  });
  // All are shown when the page opens, unless the browser remembers what was chosen.
  if (account.value || severity.value || rule.value || search.value) { apply(); } else { form.toggleAttribute("data-all", true); }
}());
