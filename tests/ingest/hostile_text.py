"""Text files made to harm."""

from __future__ import annotations

from hostile_files import Hostile

PLAIN = [
    Hostile("one_line_90mb.txt", lambda: ("Sở Nội vụ báo cáo trước ngày 15/6. " * 2_200_000).encode(), "larger than", "90 MB on one line"),
    Hostile("lines_5m.txt", lambda: b"I. a\n" * 5_000_000, "MB of text", "five million lines"),
    Hostile("empty_lines_50m.txt", lambda: b"I. a" + b"\n" * 50_000_000 + b"x", "MB of text", "fifty million empty lines"),
    Hostile("sentences_5m.txt", lambda: "Sở Nội vụ báo cáo\n".encode() * 1_000_000, "MB of text", "a million lines of one paragraph"),
    Hostile("run_on.txt", lambda: "I. Mục\n".encode() + "sở nội vụ báo cáo và\n".encode() * 55_000, "more text than a plan", "55,000 lines that go on"),
    Hostile("spaces.txt", lambda: b"I. a" + b" " * 30_000_000 + b"b\n", "MB of text", "30 MB of blanks"),
    Hostile("tabs_lines.txt", lambda: (b"abc" + b" \t" * 140 + b"\n") * 50_000, "MB of text", "blanks in every line"),
    Hostile("pipes.txt", lambda: ("|" * 5_000_000 + "a").encode(), "indexed", "five million cells"),
    Hostile("rule.txt", lambda: ("I. Mục\n|" + "-" * 100_000 + "x").encode(), "not readable", "what begins as the line below a table's head"),
    Hostile("surrogates.txt", lambda: b"\xff\xfe" + "I. Mục đích\n".encode("utf-16-le") + b"\x00\xd8" * 50, "not UTF-8", "half letters in UTF-16"),
    Hostile("nul.txt", lambda: b"I. a\x00b\n" * 100, "binary", "NUL"),
    Hostile("bidi.txt", lambda: "I. M\u202eục đ\u2066ích\u2069\n- Nộp \u202ebáo cáo\n".encode(), "indexed", "signs that turn the direction of reading"),
    Hostile("combining.txt", lambda: ("I. Mục đích " + "a" + "\u0301" * 1_000_000).encode(), "indexed", "a letter with a million accents"),
    Hostile("numbers.txt", lambda: ("1." * 1_000_000 + " a\n" + "9" * 1_000_000 + ". b").encode(), "more text than a plan", "a number of a million figures"),
    Hostile("decimals.txt", lambda: "\n".join("1." * at + "1 a" for at in range(1, 1_000)).encode(), "not readable", "numbers a thousand levels deep"),
    Hostile(
        "nested.txt",
        lambda: "\n".join(f"{sign} Việc" for at in range(20_000) for sign in ("I.", "1.", "a)", "1)", "i)", "A.", "1.1")).encode(),
        "more text than a plan",
        "140,000 numbers",
    ),
    Hostile(
        "letters_up.txt",
        lambda: "".join("a) Việc\n1. Làm\n" for at in range(30_000)).encode(),
        "more text than a plan",
        "letters and numbers that open one another",
    ),
    Hostile("bullets.txt", lambda: "I. Mục\n".encode() + "- việc\n+ làm\n* nữa\n• và\n".encode() * 30_000, "more text than a plan", "120,000 bullets"),
    Hostile(
        "aliases.md",
        lambda: (
            "---\na: &a ["
            + "x," * 9
            + "]\n"
            + "".join(f"{chr(98 + at)}: &{chr(98 + at)} [{','.join('*' + chr(97 + at) for _ in range(9))}]\n" for at in range(20))
            + "---\nI. Mục đích\n"
        ).encode(),
        "indexed",
        "aliases that unfold",
    ),
    Hostile("yaml_deep.md", lambda: ("---\na: " + "[" * 50_000 + "\n---\nI. Mục đích\n").encode(), "front matter", "lists in lists"),
    Hostile("capitals.txt", lambda: ("I. M\n" + "A" * 1_000_000 + "\nSố: " + "/KH-" * 200_000).encode(), "not readable", "capitals without end"),
    Hostile("agency.txt", lambda: ("I. Mục\n" + "UBND " * 100_000 + "\n" + "kế hoạch của Sở a " * 20_000).encode(), "indexed", "agencies without end"),
]
