"""A draft is taken apart: drafts of different manners, texts that grounds name, figures, sums; nothing hangs or breaks on any words."""

from __future__ import annotations

import base64
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from knowledge.records.knowledge_base import KnowledgeBase
from papers.word.templates import template_docx
from publish.resolution_kinds_module import resolution_kinds_module

DATA: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "data" / "draft_parts.yml").read_text("utf-8"))
DRAFTS = {case["name"]: case for case in DATA["drafts"]}
READ = """async ([texts, kinds]) => {
  const [{ partsOf }, { guessOf }, { textOfPlain }] = await Promise.all([
    import("/draft/parts.js"), import("/draft/guess.js"), import("/draft/plain-text.js")]);
  const lineOf = (words) => {
    const cells = words.includes("⇥") ? words.split("⇥").map((cell) => cell.trim().replaceAll("⏎", "\\n")) : null;
    return { text: cells ? cells.join("\\t").replaceAll("\\n", " ") : words.trim(), cells, table: 0, part: "body", bold: false, center: false, number: "", change: "", mark: false };
  };
  // Paragraphs within a cell only Word's files have; what is pasted has tabs.
  const textOf = (words) => {
    if (!words.includes("⏎")) return textOfPlain(words.replaceAll("⇥", "\\t"), "");
    const lines = words.split("\\n").map(lineOf);
    let table = 0;
    lines.forEach((line, at) => {
      if (line.cells && !(at && lines[at - 1].cells)) table += 1;
      line.table = line.cells ? table : 0;
    });
    return { lines };
  };
  const paper = (one) => one && [one.number, one.day, one.by].join("|");
  const named = ({ kind, number, day }) => [kind, number, day].join("|");
  return texts.map((words) => {
    const text = textOf(words);
    const p = partsOf(text);
    const texts = p.grounds.flatMap((ground) => ground.texts);
    return {
      body: p.body && [p.body.value, p.body.level, p.body.name].join("|"), number: p.number && p.number.value, numberYear: p.number && p.number.year,
      dated: p.dated && [p.dated.place, p.dated.day].join("|"), year: p.dated && p.dated.year, type: p.type && p.type.value, title: p.title && p.title.value,
      council: p.council && p.council.value, term: p.council && p.council.term, sitting: p.council && p.council.sitting.toLowerCase(),
      grounds: p.grounds.length, texts: texts.filter(({ inner }) => !inner).map(named), inner: texts.filter(({ inner }) => inner).map(named),
      amends: texts.filter(({ inner }) => !inner).map(({ amends }) => amends), submission: paper(p.submission), verification: paper(p.verification),
      resolves: p.resolves && p.resolves.by, articles: p.articles.map(({ number }) => number), clauses: p.articles.map(({ clauses }) => clauses.length),
      points: p.articles.map(({ clauses }) => clauses.reduce((sum, { points }) => sum + points.length, 0)), tables: p.tables.map(({ unit }) => unit),
      implementation: p.implementation && (p.implementation.articles || []), effect: p.effect && (p.effect.article === null ? "adopted" : p.effect.article),
      adopted: p.adopted && p.adopted.day, signature: p.signature && [p.signature.office.join(" / "), p.signature.name].join("|"),
      recipients: p.recipients && p.recipients.items.length, annexes: p.annexes.map(({ label }) => label), before: p.annexesBefore.map(({ label }) => label),
      missing: p.missing, guess: guessOf(text, p, kinds),
    };
  });
}"""


@pytest.fixture(scope="module")
def kinds_module(kb: KnowledgeBase) -> str:
    return resolution_kinds_module(kb, "directory")


def kinds_in(page: Page, module: str) -> Any:
    """Return the kinds of resolution as the site's module gives them."""
    page.route(
        "http://scripts.test/data/kinds.js", lambda route: route.fulfill(body=module, content_type="text/javascript")
    )
    return page.evaluate("async () => (await import('/data/kinds.js')).RESOLUTION_KINDS")


def normal(name: str, value: Any) -> Any:
    """Return an expected value as it is compared: order of what is missing counts for nothing."""
    return sorted(value) if name == "missing" else value


def test_each_draft_is_read_as_it_says(modules: Page, kinds_module: str) -> None:
    kinds = kinds_in(modules, kinds_module)
    read = modules.evaluate(READ, [[case["text"] for case in DRAFTS.values()], kinds])
    wrong = []
    for (name, case), found in zip(DRAFTS.items(), read, strict=True):
        for field, expected in case["expect"].items():
            if field == "guess":
                wrong += [
                    f"{name}: guess {key}: {found['guess'][key]!r}, not {value!r}"
                    for key, value in expected.items()
                    if found["guess"][key] != value
                ]
            elif normal(field, found[field]) != normal(field, expected):
                wrong.append(f"{name}: {field}: {found[field]!r}, not {expected!r}")
    assert wrong == []


def test_the_own_forms_are_read(modules: Page, kb: KnowledgeBase, kinds_module: str) -> None:
    """Resolutions as the handbook lays them out in Word: each part is found, though names and numbers are still open."""
    forms = {
        name: document
        for name, document in kb.documents.items()
        if document.documents and document.documents[0].form == "resolution"
    }
    files = {name: base64.b64encode(template_docx(kb, form)).decode() for name, form in forms.items()}
    read = modules.evaluate(
        """async ([files, kinds]) => {
          const [{ textOfFile }, { partsOf }, { guessOf }] = await Promise.all([import("/draft/read-file.js"), import("/draft/parts.js"), import("/draft/guess.js")]);
          return Object.fromEntries(Object.entries(files).map(([name, file]) => {
            const text = textOfFile(Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0)), `${name}.docx`);
            const parts = partsOf(text);
            const { body, state, sort } = guessOf(text, parts, kinds);
            return [name, [parts.missing, [body, state, sort], parts.articles.map(({ number }) => number), parts.number.symbol, parts.recipients.items.length > 3, !!parts.adopted]];
          }));
        }""",
        [files, kinds_in(modules, kinds_module)],
    )
    assert len(read) >= 8
    for name, (missing, guess, articles, symbol, has_recipients, adopted) in read.items():
        assert missing == [], name
        assert guess == ["hdnd", "du-thao", "nghi-quyet"] and symbol == "NQ-HĐND" and has_recipients and adopted, name
        assert articles == list(range(1, len(articles) + 1)) and len(articles) >= 3, name


def test_drafts_are_of_many_manners() -> None:
    assert len(DRAFTS) >= 12 and sum(len(case["expect"]) for case in DRAFTS.values()) >= 200


def test_grounds_name_texts(modules: Page) -> None:
    found = modules.evaluate(
        """async (grounds) => {
          const { textsIn } = await import("/draft/grounds.js");
          return grounds.map((one) => textsIn(one).map(({ kind, number, day, amends, inner }) => `${inner ? "~" : amends ? "+" : ""}${kind}|${number}|${day}`));
        }""",
        [ground for ground, _ in DATA["texts"]],
    )
    assert found == [expected for _, expected in DATA["texts"]]


def test_a_law_that_amends_keeps_its_own_day(modules: Page) -> None:
    """“Luật sửa đổi … của Luật A ngày …”: the day is not that of Luật A."""
    names = modules.evaluate(
        """async () => {
          const { textsIn } = await import("/draft/grounds.js");
          return textsIn("Căn cứ Luật Tổ chức chính quyền địa phương năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;").map(({ name, day }) => [name, day]);
        }"""
    )
    assert names[0] == ["Luật Tổ chức chính quyền địa phương năm 2015", ""]
    assert names[1][0].startswith("Luật sửa đổi") and names[1][1] == "2019-11-22" and len(names) == 2


def test_figures_and_amounts(modules: Page) -> None:
    numbers, amounts = modules.evaluate(
        """async ([numbers, sentences]) => {
          const { amountsIn, numberOf } = await import("/draft/figures.js");
          return [numbers.map((one) => ["", "vn", "en"].map((style) => numberOf(one, style))), sentences.map((one) => amountsIn(one).map(({ value }) => value))];
        }""",
        [[row[0] for row in DATA["numbers"]], [sentence for sentence, _ in DATA["amounts"]]],
    )
    assert numbers == [row[1:] for row in DATA["numbers"]]
    assert amounts == [expected for _, expected in DATA["amounts"]]


def test_sums(modules: Page) -> None:
    found = modules.evaluate(
        """async (tables) => {
          const [{ sumFaults }, { tablesOf }, { textOfPlain }] = await Promise.all([import("/draft/figures.js"), import("/draft/tables.js"), import("/draft/plain-text.js")]);
          return tables.map(({ rows, unit }) => {
            const [table] = tablesOf(textOfPlain(`${unit ? `Đơn vị tính: ${unit}\\n` : ""}${rows.join("\\n").replaceAll("⇥", "\\t")}`, "").lines);
            return sumFaults(table).length;
          });
        }""",
        DATA["sums"],
    )
    assert {case["name"]: number for case, number in zip(DATA["sums"], found, strict=True)} == {
        case["name"]: case["faults"] for case in DATA["sums"]
    }


def test_terms_and_sittings(modules: Page) -> None:
    found = modules.evaluate(
        """async (words) => {
          const { termAndSitting } = await import("/draft/heading.js");
          return words.map((one) => { const { term, sitting } = termAndSitting(one); return [term, sitting]; });
        }""",
        [row[0] for row in DATA["sittings"]],
    )
    assert found == [row[1:] for row in DATA["sittings"]]


def test_units_of_tables(modules: Page) -> None:
    found = modules.evaluate(
        """async (cases) => {
          const [{ tablesOf }, { textOfPlain }] = await Promise.all([import("/draft/tables.js"), import("/draft/plain-text.js")]);
          return cases.map(([above, head]) => tablesOf(textOfPlain(`${above}\\nSTT\\tNội dung\\t${head}\\n1\\tĐường\\t120\\n2\\tNhà\\t80`, "").lines)[0].unit);
        }""",
        [row[:2] for row in DATA["units"]],
    )
    assert found == [row[2] for row in DATA["units"]]


def test_names_of_other_texts_are_blanked(modules: Page) -> None:
    lines = [line for line, _ in DATA["citations"]]
    found = modules.evaluate(
        "async (lines) => { const { outsideCitations } = await import('/draft/cited.js'); return lines.map(outsideCitations); }",
        lines,
    )
    assert [len(one) for one in found] == [len(line) for line in lines]
    assert [" ".join(one.split()) for one in found] == [expected for _, expected in DATA["citations"]]


def cut_up(generator: random.Random, texts: list[str]) -> str:
    """Return some lines of some drafts in any order, some of them cut."""
    lines = [line for text in generator.sample(texts, 3) for line in text.replace("⏎", " ").split("\n")]
    kept = generator.sample(lines, generator.randint(1, len(lines)))
    if generator.random() < 0.5:
        kept.sort(key=lines.index)
    return "\n".join(line[: generator.randint(0, 90)] if generator.random() < 0.2 else line for line in kept) + "\nx"


def test_no_words_break_it(modules: Page) -> None:
    """Whatever lines stand in whatever order: no error, and each place is a line that is there."""
    generator = random.Random(19)
    texts = [case["text"] for case in DRAFTS.values()]
    odd = [
        "x",
        "Điều 1.",
        "QUYẾT NGHỊ:",
        "Nơi nhận:",
        "PHỤ LỤC",
        "“Điều 1. Mở",
        "⇥⇥\nx",
        "Số:",
        ", ngày",
        "CHỦ TỊCH",
        "Căn cứ",
        "\n" * 40 + "NGHỊ QUYẾT",
    ]
    samples = [cut_up(generator, texts) for _ in range(400)] + odd
    faults = modules.evaluate(
        """async (samples) => {
          const [{ partsOf }, { guessOf }, { textOfPlain }, { sumFaults }, { outsideCitations }] = await Promise.all([
            import("/draft/parts.js"), import("/draft/guess.js"), import("/draft/plain-text.js"), import("/draft/figures.js"), import("/draft/cited.js")]);
          const places = (value) => value && typeof value === "object" ? ["line", "to"].filter((name) => typeof value[name] === "number").map((name) => value[name]).concat(Object.values(value).flatMap(places)) : [];
          return samples.flatMap((words) => {
            const text = textOfPlain(words.replaceAll("⇥", "\\t"), "");
            try {
              const parts = partsOf(text);
              guessOf(text, parts, {});
              parts.tables.forEach(sumFaults);
              text.lines.forEach(({ text: line }) => outsideCitations(line.toLowerCase()));
              JSON.stringify(parts);
              const wrong = places({ ...parts, grounds: parts.grounds.map(({ line }) => ({ line })) }).filter((line) => line < 0 || line >= text.lines.length);
              return wrong.length ? [`${wrong} in ${words.slice(0, 200)}`] : [];
            } catch (error) {
              return [`${error} in ${words.slice(0, 200)}`];
            }
          });
        }""",
        samples,
    )
    assert faults == []


LONG = {
    "blanks": "Số: " + "." * 1000,
    "days": "Ví Dụ, ngày ………… tháng ",
    "grounds": "Căn cứ Luật Ngân sách nhà nước số 89/2025/QH15 ngày 25 tháng 6 năm 2025; Luật sửa đổi Luật ",
    "quotes": "“Điều 3. Nghị quyết “số ",
    "amounts": "1.234.567 tỷ 12.345 triệu đồng, ",
    "dashes": "- - - _ _ ---- ",
    "capitals": "HỘI ĐỒNG NHÂN DÂN XÃ CỘNG HÒA XÃ HỘI ",
    "adopted": "nghị quyết này đã được hội đồng ",
    "citations": "quyết định số 12/qđ-ubnd về việc; luật ngân sách ",
    "spaces": "Q U Y Ế T ",
}


@pytest.mark.corner
def test_long_lines_take_time_in_proportion(modules: Page) -> None:
    """A line of a megabyte: ten times as long as one of a tenth, not a hundred times."""
    told = modules.evaluate(
        """async (pieces) => {
          const [{ partsOf }, { amountsIn }, { outsideCitations }, { textsIn }] = await Promise.all([
            import("/draft/parts.js"), import("/draft/figures.js"), import("/draft/cited.js"), import("/draft/grounds.js")]);
          const line = (text, cells = null) => ({ text, cells, table: cells ? 1 : 0, part: "body", bold: false, center: false, number: "", change: "", mark: false });
          const once = (words) => {
            const began = performance.now();
            partsOf({ lines: [line("NGHỊ QUYẾT"), line(words), line("Căn cứ Luật này;"), line(words), line("QUYẾT NGHỊ:"), line(`Điều 1. ${words}`), line(words), line(words, [words, words])] });
            amountsIn(words);
            textsIn(words);
            outsideCitations(words.toLowerCase());
            return performance.now() - began;
          };
          return Object.fromEntries(Object.entries(pieces).map(([name, piece]) => {
            const words = (length) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
            once(words(10000));
            return [name, [once(words(100000)), once(words(1000000))]];
          }));
        }""",
        LONG,
    )
    slow = {name: times for name, times in told.items() if times[1] > 40 * max(times[0], 25)}
    assert slow == {}


@pytest.mark.corner
def test_many_lines_take_time_in_proportion(modules: Page) -> None:
    told = modules.evaluate(
        """async () => {
          const [{ partsOf }, { sumFaults }] = await Promise.all([import("/draft/parts.js"), import("/draft/figures.js")]);
          const line = (text, cells = null) => ({ text, cells, table: cells ? 1 : 0, part: "body", bold: false, center: false, number: "", change: "", mark: false });
          const kinds = {
            articles: (at) => line(`Điều ${at % 900}. Giao Ủy ban nhân dân xã tổ chức thực hiện.`), clauses: (at) => line(`${at % 90}. Nội dung có hiệu lực từ ngày ký.`),
            quotes: () => line("“Điều 3. Mức chi"), annexes: () => line("PHỤ LỤC 1"), items: () => line("- Nơi nhận"), heads: () => line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            totals: () => line("Tổng cộng\\t1", ["Tổng cộng", "1"]), rows: (at) => line(`${at}\\tMục\\t${at}`, [`${at % 50}`, "Mục", `${at}`]),
          };
          return Object.fromEntries(Object.entries(kinds).map(([name, made]) => {
            const once = (count) => {
              const lines = [line("NGHỊ QUYẾT"), line("Căn cứ Luật này;"), line("QUYẾT NGHỊ:"), line("Điều 1. Quyết định")].concat(Array.from({ length: count }, (_, at) => made(at)));
              const began = performance.now();
              partsOf({ lines }).tables.forEach(sumFaults);
              return performance.now() - began;
            };
            once(500);
            return [name, [once(2000), once(20000)]];
          }));
        }"""
    )
    slow = {name: times for name, times in told.items() if times[1] > 40 * max(times[0], 25)}
    assert slow == {}
