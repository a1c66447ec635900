package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.runs.Claim;
import org.explain4j.reports.runs.ClaimStatement;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** Which of the paper's claims hold, and every statement that they consist of. */
public final class ClaimsSection {
  private static final String ABOUT =
      "A claim is supported when all of the statements that it consists of hold, contradicted when"
          + " the opposite of one of them holds beyond chance, and otherwise undecided. Tests are"
          + " paired on the same images and adjusted by Holm; intervals are over images.";

  private ClaimsSection() {}

  /**
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory run) throws IOException {
    List<ClaimStatement> parts = run.rows(RunTable.CLAIMS);
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "claims",
                "The paper's claims",
                List.of(new Block.Paragraph(ABOUT), verdicts(parts), statements(parts))));
  }

  private static Block verdicts(List<ClaimStatement> parts) {
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("", true));
    columns.add(new Block.Column("claim", false));
    columns.add(new Block.Column("verdict", false));
    for (Finding finding : Finding.values()) {
      columns.add(new Block.Column(finding.word(), true));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Claim claim : Claim.values()) {
      List<ClaimStatement> own = RowSelection.where(parts, ClaimStatement::claim, claim);
      List<String> cells = new ArrayList<>();
      cells.add(Numbers.count(claim.number()));
      cells.add(claim.sentence());
      cells.add(own.isEmpty() ? "not tested" : Finding.of(own).word());
      for (Finding finding : Finding.values()) {
        cells.add(Numbers.count(RowSelection.where(own, ClaimStatement::finding, finding).size()));
      }
      rows.add(cells);
    }
    return new Block.Table("Claims, and how many of their statements hold.", columns, rows, false);
  }

  private static Block statements(List<ClaimStatement> parts) {
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("claim", true));
    for (String text : List.of("where", "what", "statement", "finding")) {
      columns.add(new Block.Column(text, false));
    }
    columns.add(new Block.Column("value", true));
    columns.add(new Block.Column("p (Holm)", true));
    List<List<String>> rows = new ArrayList<>();
    for (ClaimStatement part : parts) {
      rows.add(
          List.of(
              Numbers.count(part.claim().number()),
              part.place(),
              part.a(),
              part.statement(),
              part.finding().word(),
              Numbers.decimals(part.band()),
              Numbers.pValue(part.pHolm())));
    }
    return new Block.Table(
        "Every statement: what is said of an estimator or a method, and the number that it is"
            + " decided by, a mean or a mean difference, with its 95 % interval over images.",
        columns, rows, true);
  }
}
