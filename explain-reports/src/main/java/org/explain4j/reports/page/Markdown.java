package org.explain4j.reports.page;

import java.util.List;
import java.util.stream.Collectors;

/** A page as Markdown: its texts and tables; pictures stay in the HTML page. */
public final class Markdown {
  private static final String FENCE = "```";

  private Markdown() {}

  /** The whole page. */
  public static String of(Page page) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(inline(page.title())).append("\n\n");
    text.append(inline(page.subtitle())).append('\n');
    for (Section section : page.sections()) {
      text.append("\n## ").append(inline(section.title())).append('\n');
      section.blocks().forEach(block -> append(text, block));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Block block) {
    if (block instanceof Block.Paragraph paragraph) {
      paragraph(text, paragraph.text());
    } else if (block instanceof Block.Question question) {
      paragraph(text, question.text());
    } else if (block instanceof Block.Answers answers) {
      list(text, "", answers.sentences());
    } else if (block instanceof Block.Warnings warnings) {
      list(text, "**Warning:** ", warnings.texts());
    } else if (block instanceof Block.Heading heading) {
      text.append("\n### ").append(inline(heading.text())).append('\n');
    } else if (block instanceof Block.Facts facts) {
      list(text, "", facts.facts().stream().map(f -> f.about() + ": " + f.text()).toList());
    } else if (block instanceof Block.Table table) {
      table(text, table);
    } else if (block instanceof Block.Figure figure
        && figure.numbers() instanceof Block.Table table) {
      table(text, table);
    } else if (block instanceof Block.Verbatim verbatim) {
      paragraph(text, verbatim.title());
      String fenced = verbatim.text().replace(FENCE, "` ` `");
      text.append('\n').append(FENCE).append('\n').append(fenced);
      text.append('\n').append(FENCE).append('\n');
    } else {
      nested(text, block);
    }
  }

  private static void nested(StringBuilder text, Block block) {
    if (block instanceof Block.Columns columns) {
      columns.left().forEach(each -> append(text, each));
      columns.right().forEach(each -> append(text, each));
    } else if (block instanceof Block.Folded folded) {
      text.append("\n#### ").append(inline(folded.title())).append('\n');
      folded.blocks().forEach(each -> append(text, each));
    } else if (block instanceof Block.Tabs tabs) {
      for (Block.Tab tab : tabs.tabs()) {
        text.append("\n### ").append(inline(tab.title())).append('\n');
        tab.blocks().forEach(each -> append(text, each));
      }
    }
  }

  private static void paragraph(StringBuilder text, String words) {
    text.append('\n').append(inline(words)).append('\n');
  }

  private static void list(StringBuilder text, String before, List<String> items) {
    text.append('\n');
    items.forEach(item -> text.append("- ").append(before).append(inline(item)).append('\n'));
  }

  private static void table(StringBuilder text, Block.Table table) {
    paragraph(text, table.caption());
    text.append('\n').append(row(table.columns().stream().map(Block.Column::name).toList()));
    text.append(row(table.columns().stream().map(c -> c.number() ? "--:" : "---").toList()));
    table.rows().forEach(row -> text.append(row(row)));
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Markdown::inline).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** On one line, with what Markdown or HTML would take as its own escaped. */
  private static String inline(String text) {
    return text.replaceAll("[\\r\\n]+", " ").replaceAll("([\\\\`*_<>|\\[\\]])", "\\\\$1");
  }
}
