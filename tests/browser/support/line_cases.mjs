// A post in which browsers and layout rules are known to break lines differently, for the tests of the adoption.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SHY = '\u00AD';
const POST = `---
title: A long title about upgrade/downgrade, and/or and other words with strokes in between
date: 2024-05-05
---

Upgrade/downgrade and generic/effect, or \`~/.cargo/config.toml\`/\`~/.cargo/config\`: the rules allow a break after a stroke, one engine does
not take it, another does. \`#[link(wasm_import_module)]\` and (in brackets)\`#[attribute(..)]\` and **bold**(brackets)*italic*--dashes.

Donau${SHY}dampf${SHY}schiff${SHY}fahrts${SHY}gesell${SHY}schafts${SHY}kapitän, Rind${SHY}fleisch${SHY}etikettierungs${SHY}überwachungs${SHY}aufgaben${SHY}übertragungs${SHY}gesetz and other
words with soft hy${SHY}phens in places where they may be of use to lines, whatever width there is.

A verse of a poem,<br>whose first line is short and whose second line is so long that it must be broken by somebody,<br>and the third.

https://example.org/a/rather/long/address/that/has/to/be/broken/somewhere/because/no/column/is/as/wide/as/this?query=of-the-same-kind&more=1

> A quotation with H~2~O and x^2^ and E = mc^2^, <kbd>Ctrl</kbd>+<kbd>Shift</kbd>+<kbd>T</kbd>, <mark>marked words that go over the end of a line</mark> and
> <small>small ones</small> as well.

- 中文的換行規則與西文不同，標點符號不可以出現在行首，「引號」也有自己的規則；English words in between are kept together。
- 日本語の文章では、句読点が行頭に来ないように調整されます。カタカナのーや小さいっなどの扱いはエンジンによって違います。
- ภาษาไทยเขียนติดกันโดยไม่มีช่องว่างระหว่างคำจึงต้องใช้พจนานุกรมเพื่อหาตำแหน่งที่ตัดบรรทัดได้
- 한국어는 띄어쓰기를 하지만 글자 사이에서도 줄을 바꿀 수 있는 브라우저가 있습니다. 그래서 시험합니다.

| A narrow column | A column with much more text in it | 3 |
| :-------------- | :--------------------------------- | -: |
| upgrade/downgrade | Words and words and and/or words until the line of this cell is more than full | 12 345 |
| \`Box::pin(fib(n-1)).await\` | generic/effect | |

<div dir="rtl" lang="ar">

من اعتاد الكتابة من اليسار إلى اليمين (left to right) يظن أن الصفحة العربية مرآة لصفحته: نقلبها فينتهي الأمر. وهذا Unicode 15.1 صحيح في أكثره، و<https://example.org/a/b/c/> أيضا.

</div>

אם כותבים מילה כמו Unicode או and/or באמצע המשפט, הסוגריים שאחריה (כמו כאן) צריכים לדעת מה כיוונם, והנקודה בסוף השורה נשארת בסופה.

An English sentence with a word like שלום עולם in it, and then (עברית, 1948) some more of it until it must be broken at the end.

\`\`\`rust
fn a_function_with_a_long_name(first: &str, second: Option<Box<dyn Fn(u32) -> u32>>) -> Result<(), Box<dyn Error>> { /* a comment */ }

    indented(by, four);  two.blanks();   three.blanks();    /* and a comment that is long enough to be wrapped at any width of this test */
\tby_a_tab();
impl Container for MyContainer {
        self.items.iter().cloned().alone()
}
\`\`\`

\`\`\`
#[warn(unexpected_cfgs)]#[warn(unexpected_cfgs)]#[warn(unexpected_cfgs)]#[warn(unexpected_cfgs)]#[warn(unexpected_cfgs)]#[warn(unexpected_cfgs)]
\`\`\`

“A paragraph that begins with a quotation mark,” whose first line begins in the margin, so that it is longer than the other lines of it.

> ‘A quotation in a quotation’ hangs by the width of one mark, and its other lines do not, however many of them there are in the end.

“שלום עולם” היא פסקה שמתחילה במירכאות, והשורה הראשונה שלה מתחילה בשוליים, כך שהיא ארוכה מן השורות האחרות שלה, כמה שיהיו.

<div dir="rtl" lang="ar">

«علامات الاقتباس» التي تفتح فقرة تتدلى في الهامش لكي تبدأ الحروف على خط واحد، مهما كان عدد السطور في هذه الفقرة أو في غيرها.

</div>

Emoji 👩‍👩‍👧‍👦 and flags 🇫🇷🇩🇪 and words—with—dashes—without—spaces, "quotes", 100&nbsp;km, 50&nbsp;%, and ellipses...that go on…and on.
`;

// Images beside each other, among words, alone and in tables; of sizes that are known, half known and unknown.
const IMAGES = `---
title: Images
date: 2024-05-04
---

![a](middle.svg)

![a](large.svg) ![b](large.svg)

![a](large.svg)![b](large.svg)
![c](large.svg)

Text and <img src="https://images.example/a.png" width="200"> one and <img src="https://images.example/b.png" width="200"> two and <img src="https://images.example/c.png" width="112"> three.

<img src="https://images.example/a.png" width="200"> <img src="https://images.example/a.png" width="200"> <img src="https://images.example/a.png" width="200">

![unknown](https://images.example/d.png) and ![unknown](https://images.example/e.png) words

A large one ![a](large.svg) among the words of a paragraph that goes on and on over several lines, until there is another one: ![b](large.svg) and so it ends.

![small](small.svg)

Words ![small](small.svg) and a [![b](middle.svg)](https://images.example/) in a link.

- ![small](small.svg) in a list
- ![a](large.svg)

| a | b |
|---|---|
| ![a](large.svg) | ![small](small.svg) |

<table><tr><th>One</th><th>Two</th><th>Three</th></tr><tr><td>Alone</td></tr><tr><td>a</td><td>b</td></tr></table>

The end.
`;
const SIZES = { small: [30, 20], middle: [60, 48], large: [150, 101] };

export const LINE_CASES_PATH = 'posts/line-cases/';
export const IMAGES_PATH = 'posts/images/';

// For startSite(): a blog with these two posts.
export async function prepareLineCases(work, url) {
  const content = join(work, 'lines');
  await mkdir(join(content, 'content'), { recursive: true });
  await writeFile(join(content, 'octavo.toml'), `title = "Lines"\nlanguage = "en"\nhome_page_url = "${url}"\n`);
  await writeFile(join(content, 'content/line-cases.md'), POST);
  await writeFile(join(content, 'content/images.md'), IMAGES);
  for (const [name, [width, height]] of Object.entries(SIZES)) {
    await writeFile(join(content, `content/${name}.svg`), `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><circle r="9"/></svg>`);
  }
  return content;
}
