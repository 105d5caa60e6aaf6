// What the guide for trainers says of our own course: its plans as tables, and a workshop to begin with.

/** Each plan as a table: when which lesson begins. */
export function planTables({ plans = [], lessons }) {
  return plans.map((plan) => table(plan, plan.lessons.map((id) => lessons.find((lesson) => lesson.id === id)))).join("\n");
}

function table({ id, title, about, pauses = [] }, lessons) {
  let minute = 0;
  const row = (what, practice, minutes) => {
    const begins = clock(minute);
    minute += minutes;
    return `<tr><td>${begins}</td><th scope="row">${what}</th><td>${escaped(practice)}</td><td>${minutes}</td></tr>`;
  };
  const pausesBefore = (lesson) => pauses.filter(({ before }) => before === lesson).map(({ title, minutes }) => row(prose(title), "", minutes));
  const rows = lessons.flatMap(({ id, title, practice, minutes }) => [
    ...pausesBefore(id),
    row(`<a href="learn.html#lesson/${id}">${prose(title)}</a>`, practice, minutes),
  ]);
  rows.push(...pausesBefore(undefined));
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
      start: { dockerfile: ["FROM python:3.14-slim", "COPY app.py /srv/", 'CMD ["python", "/srv/app.py"]'] },
      solution: { dockerfile: ["FROM python:3.14-slim", "COPY app.py /srv/", "USER 1000", 'CMD ["python", "/srv/app.py"]'] },
      keep: [{ broken: "The program must still be copied, and started.", when: { starts: { program: ["python *app.py"] } } }],
      goals: [
        {
          open: "The container runs as root.",
          met: "The container runs as somebody else.",
          almost: [{ say: "`USER root` is root still.", when: { steps: { keyword: ["USER"], text: ["root*", "0*"] } } }],
          when: { user: { isRoot: false } },
          hints: ["Which instruction says who runs what follows?", "Write `USER 1000` below `COPY`. A number needs no entry in `/etc/passwd`."],
          edits: [
            {
              replace: "CMD [",
              with: "USER 1000\nCMD [",
              why: "What is copied above belongs to root, so that the program cannot change itself.",
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

/** Text that is no markup, and in which `build.mjs` fills nothing in. */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("{", "&#123;");
}
