// The page with simulated telephones: shows what the server says and passes on which button was pressed.
// Nothing is decided here, nothing is kept but this tab's telephone number, and text is never read as HTML.

const texts = JSON.parse(document.body.dataset.texts);
const town = encodeURIComponent(document.body.dataset.municipality);
const EVERY = 1000;
const ORDER = ["reference", "priority", "state", "acknowledged_by", "raised", "deliveries"];
const caller = document.getElementById("caller");
const aloud = document.getElementById("aloud");
const said = new Map(); // call → how much of it has been read aloud
let drawn = "";
let drawnDesk = [];
let first = true;

function madeNumber() {
  // Numbers that belong to nobody: the range that PTS keeps for fiction; from 90 on for trial reports.
  const number = `+467017406${String(10 + Math.floor(Math.random() * 80))}`;
  sessionStorage.setItem("telephone", number);
  return number;
}

let own = sessionStorage.getItem("telephone") ?? madeNumber();

async function act(door, told = {}) {
  try {
    await fetch(`/phone/${door}?municipality=${town}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ caller: own, ...told }),
    });
  } finally {
    await refresh();
  }
}

async function refresh() {
  try {
    const answer = await fetch(`/phone/state?municipality=${town}&caller=${encodeURIComponent(own)}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const state = await answer.text();
    document.getElementById("lost").hidden = true;
    if (state !== drawn) {
      drawn = state;
      draw(JSON.parse(state));
    }
  } catch {
    document.getElementById("lost").hidden = false;
  }
}

function draw(state) {
  drawnDesk = state.desk;
  drawCaller(state.caller);
  document.querySelectorAll("[data-place]").forEach((device, place) => drawDevice(device, state.desk[place]));
  drawCases(state.cases);
  drawFaults(state.faults);
  first = false;
}

function drawCaller(phone) {
  const call = phone.call;
  caller.querySelector("[data-number]").textContent = phone.number.replace("+46", "0").replace(/^(\d{3})(\d{3})(\d\d)/, "$1-$2 $3 ");
  drawThread(caller, phone.messages, texts.thread_empty);
  drawSpoken(caller, call, texts.call_empty);
  caller.querySelector("[data-state]").textContent = stateOf(call);
  const live = Boolean(call?.live);
  enable(caller, "[data-act=call]", !live);
  enable(caller, "[data-act=hang-up]", live);
  enable(caller, "[data-act=silence], #calls [data-key]", live && call.listening);
  document.getElementById("hidden").disabled = live;
  document.getElementById("dot").hidden = !live;
}

function drawDevice(device, phone) {
  const call = phone.call;
  device.toggleAttribute("data-rings", call?.outcome === "ringing");
  device.toggleAttribute("data-talks", call?.outcome === "in-progress");
  device.toggleAttribute("data-quiet", !call?.spoken.length);
  device.querySelector("[data-state]").textContent = stateOf(call);
  enable(device, "[data-key], [data-act=silence]", Boolean(call?.live && call.listening));
  drawSpoken(device, call, "");
  if (device.querySelector("[data-thread]")) drawThread(device, phone.messages, "");
}

function stateOf(call) {
  if (!call) return texts.state_idle;
  const hidden = call.hidden ? ` (${texts.hidden})` : "";
  if (call.fault) return `${texts.state_failed}: ${call.fault}`;
  if (call.bridged && call.live) return texts.state_bridged;
  if (call.ringing_on) return texts.state_dialling;
  if (call.live && call.listening) return texts.state_listening + hidden + (call.typed ? ` ${"•".repeat(call.typed)}` : "");
  return (texts[`state_${call.outcome}`] ?? call.outcome) + hidden;
}

function enable(place, which, on) {
  place.querySelectorAll(which).forEach((button) => { button.disabled = !on; });
}

function item(text, kind, language) {
  const li = document.createElement("li");
  li.textContent = text;
  if (kind) li.className = kind;
  if (language) li.lang = language;
  return li;
}

function drawThread(place, messages, empty) {
  const thread = place.querySelector("[data-thread]");
  const items = messages.map((one) =>
    one.fault ? item(`${texts.no_answer_text}: ${one.fault}`, "fault") : item(one.text, one.mine ? "mine" : ""));
  fill(thread, items, empty);
}

function drawSpoken(place, call, empty) {
  const list = place.querySelector("[data-spoken]");
  const spoken = call?.spoken ?? [];
  const known = call ? (said.get(call.sid) ?? 0) : 0;
  const newest = spoken.length ? spoken[spoken.length - 1].n : 0;
  const items = spoken.map((one) =>
    item(one.text || `${one.recording} ${texts.recording}`, one.n > known ? "new" : "", one.language));
  fill(list, items, empty);
  if (!call) return;
  // What was said before the page was opened is shown, not read out.
  if (!first) spoken.filter((one) => one.n > known).forEach(readOut);
  said.set(call.sid, newest);
}

function fill(list, items, empty) {
  if (!items.length && empty) items = [item(empty, "empty")];
  if (items.length && items.length === list.children.length && items.every((one, n) => one.isEqualNode(list.children[n]))) return;
  list.replaceChildren(...items);
  list.scrollTop = list.scrollHeight;
}

function readOut(one) {
  if (!aloud.checked) return;
  if (one.recording) {
    new Audio(one.recording).play().catch(() => {});
    return;
  }
  if (!("speechSynthesis" in window)) return;
  const speech = new SpeechSynthesisUtterance(one.text);
  speech.lang = one.language || "sv-SE";
  const voice = speechSynthesis.getVoices().find((each) => each.lang.replace("_", "-") === speech.lang);
  if (voice) speech.voice = voice;
  speechSynthesis.speak(speech);
}

function hush() {
  if ("speechSynthesis" in window) speechSynthesis.cancel();
}

function drawCases(cases) {
  const place = document.getElementById("cases");
  if (!cases.length) {
    const empty = document.createElement("p");
    empty.textContent = texts.cases_empty;
    place.replaceChildren(empty);
    return;
  }
  place.replaceChildren(...cases.map((one) => {
    const article = document.createElement("article");
    article.className = "case";
    article.dataset.state = one.state ?? "";
    const list = document.createElement("dl");
    const names = [...ORDER, ...Object.keys(one).filter((name) => !ORDER.includes(name))];
    for (const [name, value] of names.map((each) => [each, one[each]])) {
      if (!value) continue;
      const term = document.createElement("dt");
      term.textContent = texts[`case_${name}`] ?? name;
      const told = document.createElement("dd");
      told.textContent = texts[`value_${value}`] ?? value;
      list.append(term, told);
    }
    article.append(list);
    return article;
  }));
}

function drawFaults(faults) {
  const names = [...document.getElementById("whose").options].map((one) => one.textContent);
  const places = new Map(drawnDesk.map((phone, place) => [phone.number, names[place + 1]]));
  const items = faults.map((one) =>
    item(`${texts.faults[one.fault]} · ${places.get(one.number) ?? texts.fault_everyone}${one.left ? ` · ${texts.fault_once}` : ""}`));
  fill(document.getElementById("suffered"), items, texts.fault_none);
}

function choose(tab) {
  document.querySelectorAll("[role=tab]").forEach((one) => {
    const chosen = one === tab;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    document.getElementById(one.getAttribute("aria-controls")).hidden = !chosen;
  });
}

function text(body) {
  if (body.trim()) act("text", { body });
}

function wire() {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  tabs.forEach((tab, n) => {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      choose(tabs[1 - n]);
      tabs[1 - n].focus();
    });
  });
  document.getElementById("write").addEventListener("submit", (event) => {
    event.preventDefault();
    text(event.target.body.value);
    event.target.reset();
  });
  document.querySelectorAll("[data-example]").forEach((button) =>
    button.addEventListener("click", () => text(button.dataset.example)));
  document.getElementById("fresh").addEventListener("click", async () => {
    await act("hang-up");
    own = madeNumber();
    refresh();
  });
  document.getElementById("faults").addEventListener("submit", (event) => {
    event.preventDefault();
    const { fault, whose, once } = event.target.elements;
    act("suffer", { fault: fault.value, once: once.checked, place: whose.value === "" ? null : Number(whose.value) });
  });
  document.getElementById("heal").addEventListener("click", () => act("heal"));
  aloud.addEventListener("change", hush);
  wireActs(caller, "", () => ({ hidden: document.getElementById("hidden").checked }));
  document.querySelectorAll("[data-place]").forEach((device) => {
    const doors = `desk/${device.dataset.place}/`;
    wireActs(device, doors, () => ({}));
    device.querySelector("[data-reply]")?.addEventListener("submit", (event) => {
      event.preventDefault();
      const body = event.target.querySelector("input").value;
      if (body.trim()) act(`${doors}text`, { body });
      event.target.reset();
    });
  });
}

function wireActs(place, doors, told) {
  place.querySelectorAll("[data-act]").forEach((button) =>
    button.addEventListener("click", () => {
      hush();
      act(doors + button.dataset.act, told());
    }));
  place.querySelectorAll("[data-key]").forEach((button) =>
    button.addEventListener("click", () => {
      hush(); // a key pressed cuts the voice short, as on a real line
      act(`${doors}press`, { keys: button.dataset.key });
    }));
}

wire();
refresh();
setInterval(() => { if (!document.hidden) refresh(); }, EVERY);
