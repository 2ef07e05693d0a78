// Reads an export as its program does and prints the attributes of every node and edge: node readers.cjs FORMAT FILE.
const { readFileSync } = require("node:fs");

const READERS = {
  cytoscape(text) {
    const graph = require("cytoscape")({ headless: true, elements: JSON.parse(text).elements });
    const held = (things) => things.map((thing) => [thing.id(), thing.data()]);
    return { nodes: held(graph.nodes()), edges: held(graph.edges()) };
  },
  gexf(text) {
    const graph = require("graphology-gexf").parse(require("graphology").MultiDirectedGraph, text);
    return { nodes: graph.mapNodes((id, held) => [id, held]), edges: graph.mapEdges((id, held) => [id, held]) };
  },
};

const [format, file] = process.argv.slice(2);
process.stdout.write(JSON.stringify(READERS[format](readFileSync(file, "utf8"))));
