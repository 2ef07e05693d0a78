"use strict";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const key = (article, fact) => `${article.id}/${fact}`;

const marks = new Map();
for (const mark of all("mark")) {
  for (const fact of mark.dataset.facts.split(" ")) {
    const name = key(mark.closest("article"), fact);
    marks.set(name, [...(marks.get(name) || []), mark]);
  }
}
const rows = new Map(all("tr[data-fact]").map(row => [key(row.closest("article"), row.dataset.fact), row]));
const turns = new Map();

function flash(elements) {
  for (const old of all(".flash")) old.classList.remove("flash");
  for (const element of elements) element.classList.add("flash");
}

const show = element => element.scrollIntoView({ block: "center" });

// A fact may stand in several places: every click goes to the next.
function showPlace(row) {
  const name = key(row.closest("article"), row.dataset.fact);
  const places = row.dataset.places.split(" ").map(place => place.split("-").map(Number));
  const turn = (turns.get(name) ?? -1) + 1;
  turns.set(name, turn);
  const [start, end] = places[turn % places.length];
  const there = (marks.get(name) || []).filter(mark => +mark.dataset.start >= start && +mark.dataset.start < end);
  flash([row, ...there]);
  if (there.length) show(there[0]);
}

function showRows(mark) {
  const article = mark.closest("article");
  const found = mark.dataset.facts.split(" ").map(fact => rows.get(key(article, fact))).filter(Boolean);
  for (const row of found) row.closest("details").open = true;
  flash([mark, ...found]);
  if (found.length) show(found[0]);
}

document.addEventListener("click", event => {
  const row = event.target.closest("tr[data-fact]");
  const mark = event.target.closest("mark");
  if (row) showPlace(row);
  else if (mark) showRows(mark);
});
document.addEventListener("keydown", event => {
  if (event.key === "Enter" && event.target.matches("tr[data-fact]")) showPlace(event.target);
});

const chooser = document.getElementById("chooser");
if (chooser) {
  chooser.addEventListener("change", () => {
    for (const article of all("article")) article.hidden = article.id !== chooser.value;
  });
}

function colour() {
  const shown = new Set(all("#legend input").filter(box => box.checked).map(box => box.value));
  for (const mark of all("mark")) {
    const kind = mark.dataset.kinds.split(" ").find(name => shown.has(name));
    mark.style.background = kind ? `var(--k-${kind})` : "";
  }
}
document.getElementById("legend").addEventListener("change", colour);
colour();

const filter = document.getElementById("filter");
filter.addEventListener("input", () => {
  const wanted = filter.value.trim().toLowerCase();
  for (const row of all("tr[data-fact]")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
});
