// What readability.js and defuddle make of pages: a line of JSON for each on standard
// input, {"system", "url", "html"}, and one on standard output, {"text"} or {"error"}.
// Nothing is fetched.
import { createInterface } from "node:readline";
import { Readability } from "@mozilla/readability";
import { Defuddle } from "defuddle/node";
import { JSDOM, VirtualConsole } from "jsdom";

// Peers report to the console, which here is for answers.
for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = () => {};

const parsed = (html, url) => new JSDOM(html, { url, virtualConsole: new VirtualConsole() });

const systems = {
  "readability.js": async (html, url) => {
    const article = new Readability(parsed(html, url).window.document).parse();
    if (!article) throw new Error("nothing found");
    return article.content;
  },
  defuddle: async (html, url) => {
    const found = await Defuddle(parsed(html, url), url, { markdown: true, useAsync: false });
    return found.contentMarkdown ?? found.content;
  },
};

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let answer;
  try {
    const { system, html, url } = JSON.parse(line);
    answer = { text: await systems[system](html, url) };
  } catch (err) {
    answer = { error: String(err?.message ?? err) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
