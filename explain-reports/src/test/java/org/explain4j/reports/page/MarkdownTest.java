package org.explain4j.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  private static String of(Block... blocks) {
    return Markdown.of(new Page("t", "s", List.of(new Section("id", "section", List.of(blocks)))));
  }

  @Test
  void textsAndTablesStandInTheirOrder() {
    Block table =
        new Block.Table(
            "Caption.",
            List.of(new Block.Column("name", false), new Block.Column("x", true)),
            List.of(List.of("a", "0.5 [0.4, 0.6]")),
            false);
    assertThat(of(new Block.Answers(List.of("one", "two")), table))
        .isEqualTo(
            """
            # t

            s

            ## section

            - one
            - two

            Caption.

            | name | x |
            | --- | --: |
            | a | 0.5 \\[0.4, 0.6\\] |
            """);
  }

  @Test
  void whatMarkdownWouldTakeAsItsOwnIsText() {
    assertThat(of(new Block.Paragraph("a | <b> _c_ `d`\ne")))
        .endsWith("\na \\| \\<b\\> \\_c\\_ \\`d\\` e\n");
  }

  @Test
  void foldedBlocksAndTabsAreAllThere() {
    Block.Tabs tabs =
        new Block.Tabs(
            "n",
            List.of(
                new Block.Tab("first", List.of(new Block.Paragraph("one"))),
                new Block.Tab("second", List.of(new Block.Paragraph("two")))));
    assertThat(of(tabs, new Block.Folded("more", List.of(new Block.Paragraph("three")))))
        .contains("### first\n\none", "### second\n\ntwo", "#### more\n\nthree");
  }
}
