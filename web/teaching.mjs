// What the guide for trainers says of our own course: its plans as tables, and a workshop to begin with.

/** Each plan as a table: when which lesson begins. */
export function planTables({ plans = [], lessons }) {
  return plans.map((plan) => table(plan, plan.lessons.map((id) => lessons.find((lesson) => lesson.id === id)))).join("\n");
}

function table({ id, title, about }, lessons) {
  let minute = 0;
  const rows = lessons.map((lesson) => {
    const row = `<tr><td>${clock(minute)}</td><th scope="row"><a href="learn.html#lesson/${lesson.id}">${prose(lesson.title)}</a></th><td>${escaped(lesson.practice)}</td><td>${lesson.minutes}</td></tr>`;
    minute += lesson.minutes;
    return row;
  });
  return `      <h3 id="${id}">${prose(title)}</h3>
      <p>${prose(about)} The link to send: <a href="learn.html#plan/${id}"><code>learn.html#plan/${id}</code></a></p>
      <div class="wide" tabindex="0" role="region" aria-label="${escaped(title)}">
      <table>
        <thead><tr><th scope="col">Begins</th><th scope="col">Lesson</th><th scope="col">Practice</th><th scope="col">Minutes</th></tr></thead>
        <tbody>
          ${rows.join("\n          ")}
          <tr><td>${clock(minute)}</td><th scope="row">End</th><td></td><td>${minute}</td></tr>
        </tbody>
      </table>
      </div>`;
}

/** The smallest workshop that has everything. `learn.test.ts` opens it. */
export const EXAMPLE = {
  $schema: "workshop.schema.json",
  version: 1,
  title: "Our first workshop",
  about: "One lesson to begin with.",
  lessons: [
    {
      id: "a-user",
      title: "Somebody else than root",
      practice: "Security",
      minutes: 5,
      why: ["A container runs as root unless its image says otherwise.", "Who breaks in is root as well.", "`USER` costs one line."],
      text: ["Where would you put it, and why not further up?"],
      start: { dockerfile: ["FROM nginx:1.29-alpine", "COPY site/ /usr/share/nginx/html/"] },
      solution: { dockerfile: ["FROM nginx:1.29-alpine", "COPY site/ /usr/share/nginx/html/", "USER nginx"] },
      keep: [{ broken: "The site must still be copied.", when: { steps: { copies: ["site"] } } }],
      goals: [
        {
          open: "The container runs as root.",
          met: "The container runs as somebody else.",
          when: { user: { isRoot: false } },
          hints: ["Which instruction says who runs what follows?", "Write `USER nginx` at the end: the image has that user already."],
          edits: [
            {
              replace: "COPY site/ /usr/share/nginx/html/\n",
              with: "COPY site/ /usr/share/nginx/html/\nUSER nginx\n",
              why: "What is copied above belongs to root, so that the server cannot change its own site.",
            },
          ],
        },
      ],
      takeHome: ["Whoever runs a container should be able to do little."],
      rules: ["final-stage-runs-as-root"],
    },
  ],
};

export function exampleText() {
  return escaped(JSON.stringify(EXAMPLE, null, 2));
}

function clock(minutes) {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

function prose(text) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? `<code>${escaped(part)}</code>` : escaped(part))).join("");
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
