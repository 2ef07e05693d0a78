"use strict";
(() => {
  const { nodes, edges } = JSON.parse(document.getElementById("data").textContent);
  const canvas = document.getElementById("view"), pen = canvas.getContext("2d");
  const card = document.getElementById("card"), find = document.getElementById("find");
  const hidden = new Set(), near = nodes.map(() => []);
  edges.forEach((edge, number) => { near[edge[0]].push(number); near[edge[1]].push(number); });
  let scale = 1, left = 0, top = 0, chosen = -1, over = -1, found = null;

  const radius = node => 4 + Math.min(14, Math.sqrt(node.degree) * 1.6);
  const shown = node => !hidden.has(node.kind);
  const x = node => node.x * scale + left, y = node => node.y * scale + top;
  const element = (name, text) => { const made = document.createElement(name); if (text !== undefined) made.textContent = text; return made; };

  function fit() {
    const seen = nodes.filter(shown), pad = 50;
    if (!seen.length) return;
    const xs = seen.map(node => node.x), ys = seen.map(node => node.y);
    const [a, b, c, d] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const wide = canvas.clientWidth, high = canvas.clientHeight;
    scale = Math.min((wide - 2 * pad) / (b - a || 1), (high - 2 * pad) / (d - c || 1));
    left = wide / 2 - scale * (a + b) / 2;
    top = high / 2 - scale * (c + d) / 2;
    draw();
  }

  function draw() {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const focus = chosen >= 0 ? chosen : over;
    const close = focus < 0 ? null : new Set(near[focus].flatMap(number => edges[number].slice(0, 2)).concat(focus));
    edges.forEach(edge => drawEdge(edge, focus));
    nodes.forEach((node, number) => drawNode(node, number, close));
    drawLabels(close);
  }

  function drawEdge([from, to, , facts], focus) {
    if (!shown(nodes[from]) || !shown(nodes[to])) return;
    const lit = focus >= 0 && (from === focus || to === focus);
    pen.strokeStyle = lit ? "#14508c" : focus >= 0 ? "#0000000d" : "#66738222";
    pen.lineWidth = Math.min(4, .6 + Math.log2(facts + 1) * .4) * (lit ? 1.4 : 1);
    pen.beginPath();
    pen.moveTo(x(nodes[from]), y(nodes[from]));
    pen.lineTo(x(nodes[to]), y(nodes[to]));
    pen.stroke();
  }

  function drawNode(node, number, close) {
    if (!shown(node)) return;
    pen.globalAlpha = (close && !close.has(number)) || (found && !found.has(number)) ? .2 : 1;
    pen.beginPath();
    pen.arc(x(node), y(node), radius(node), 0, 7);
    pen.fillStyle = node.colour;
    pen.fill();
    pen.strokeStyle = number === chosen ? "#14508c" : "#5b6775";
    pen.lineWidth = number === chosen ? 3 : 1;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  function drawLabels(close) {
    pen.font = "12px system-ui, sans-serif";
    pen.textAlign = "center";
    const taken = [];
    const order = nodes.map((node, number) => number).sort((a, b) => nodes[b].degree - nodes[a].degree);
    for (const number of order) {
      const node = nodes[number];
      if (!shown(node) || (close && !close.has(number)) || (found && !found.has(number))) continue;
      const text = node.label.length > 34 ? node.label.slice(0, 33) + "…" : node.label;
      const half = pen.measureText(text).width / 2 + 3, at = x(node), line = y(node) - radius(node) - 4;
      if (taken.some(box => Math.abs(box[0] - at) < box[2] + half && Math.abs(box[1] - line) < 14)) continue;
      taken.push([at, line, half]);
      pen.lineWidth = 3;
      pen.strokeStyle = "#f6f7f9";
      pen.strokeText(text, at, line);
      pen.fillStyle = "#1d2733";
      pen.fillText(text, at, line);
    }
  }

  function at(event) {
    const box = canvas.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top;
    for (let number = nodes.length - 1; number >= 0; number--) {
      const node = nodes[number];
      if (shown(node) && Math.hypot(x(node) - px, y(node) - py) <= radius(node) + 2) return number;
    }
    return -1;
  }

  function choose(number) {
    chosen = number;
    card.replaceChildren();
    if (number < 0) { card.append(element("p", "Click a node to read it.")); draw(); return; }
    const node = nodes[number], list = element("dl"), links = element("ul");
    for (const [name, value] of Object.entries(node.attributes)) list.append(element("dt", name.replaceAll("_", " ")), element("dd", String(value)));
    for (const edge of near[number]) {
      const [from, to, kind, facts] = edges[edge], other = from === number ? to : from;
      const item = element("li"), link = element("button", nodes[other].label);
      link.type = "button";
      link.onclick = () => choose(other);
      item.append(`${kind}${facts > 1 ? ` × ${facts}` : ""}: `, link);
      links.append(item);
    }
    card.append(element("h2", node.label), element("div", node.kind), list, links);
    draw();
  }

  function kinds() {
    const box = document.getElementById("kinds"), counts = new Map();
    nodes.forEach(node => counts.set(node.kind, (counts.get(node.kind) || 0) + 1));
    for (const [kind, count] of [...counts].sort()) {
      const label = element("label"), tick = element("input"), dot = element("span"), number = element("span", count);
      tick.type = "checkbox";
      tick.checked = true;
      tick.onchange = () => { tick.checked ? hidden.delete(kind) : hidden.add(kind); draw(); };
      dot.className = "dot";
      dot.style.background = nodes.find(node => node.kind === kind).colour;
      number.className = "number";
      label.append(tick, dot, kind, number);
      box.append(label);
    }
  }

  let grip = null;
  canvas.onpointerdown = event => { grip = [event.clientX, event.clientY, left, top, false]; canvas.setPointerCapture(event.pointerId); };
  canvas.onpointermove = event => {
    if (!grip) { const before = over; over = at(event); if (over !== before) draw(); return; }
    const [fromX, fromY, oldLeft, oldTop] = grip;
    grip[4] ||= Math.hypot(event.clientX - fromX, event.clientY - fromY) > 3;
    left = oldLeft + event.clientX - fromX;
    top = oldTop + event.clientY - fromY;
    canvas.classList.add("moving");
    draw();
  };
  canvas.onpointerup = event => { if (grip && !grip[4]) choose(at(event)); grip = null; canvas.classList.remove("moving"); };
  canvas.addEventListener("wheel", event => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * .0015), event.offsetX, event.offsetY);
  }, { passive: false });
  function zoom(factor, px, py) {
    left = px - (px - left) * factor;
    top = py - (py - top) * factor;
    scale *= factor;
    draw();
  }
  canvas.onkeydown = event => {
    const step = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[event.key];
    if (step) { left += step[0]; top += step[1]; draw(); event.preventDefault(); }
    if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.2 : 1 / 1.2, canvas.clientWidth / 2, canvas.clientHeight / 2);
    if (event.key === "Escape") choose(-1);
  };
  find.oninput = () => {
    const words = find.value.trim().toLowerCase();
    found = words ? new Set(nodes.flatMap((node, number) => node.label.toLowerCase().includes(words) ? [number] : [])) : null;
    draw();
  };
  find.onkeydown = event => { if (event.key === "Enter" && found && found.size) choose([...found][0]); };
  document.getElementById("fit").onclick = fit;
  window.onresize = draw;
  kinds();
  fit();
})();
