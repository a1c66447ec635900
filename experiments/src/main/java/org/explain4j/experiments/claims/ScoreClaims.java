package org.explain4j.experiments.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.experiments.statistics.Judgement;
import org.explain4j.experiments.statistics.Paired;
import org.explain4j.reports.runs.Claim;
import org.explain4j.reports.runs.ClaimStatement;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.Score;

/**
 * The claims on scores of methods: each is a number of questions whether one method is better than
 * another on the same images, which are one family.
 */
record ScoreClaims(Roles roles, Evidence evidence) {
  private static final List<String> RIVALS = List.of("deconvnet", "guided-backprop", "gradient");
  private static final String PATTERN_NET = "pattern-net";
  private static final String DEGRADATION = "degradation";
  private static final String PROBABILITY = "mean-probability";
  private static final String SIMILARITY = "similarity";

  /** Whether a is better than b by a score. */
  private record Question(Score score, String a, String b) {}

  /** Of the estimators' maps: along the whole curve and its first 16 %. */
  List<ClaimStatement> fastestDegradation() {
    List<Question> questions = new ArrayList<>();
    Optional<String> two = Roles.labels(roles.maps(), Roles.TWO_COMPONENT).stream().findFirst();
    for (Score score : scores(DEGRADATION)) {
      if (two.isEmpty() || !score.score().startsWith(PROBABILITY)) {
        continue;
      }
      List<String> others =
          roles.maps().entrySet().stream()
              .filter(map -> !map.getValue().equals(Roles.TWO_COMPONENT))
              .filter(map -> !map.getValue().equals(Roles.RANDOM))
              .map(Map.Entry::getKey)
              .toList();
      others.forEach(other -> questions.add(new Question(score, two.get(), other)));
      questions.add(new Question(score, two.get(), Score.BASELINE));
      others.forEach(other -> questions.add(new Question(score, other, Score.BASELINE)));
    }
    return answered(Claim.FASTEST_DEGRADATION, questions);
  }

  /** Of PatternNet with learned patterns, by correlation and structural similarity. */
  List<ClaimStatement> signalLikeInput() {
    List<Question> questions = new ArrayList<>();
    for (Score score : scores(SIMILARITY)) {
      for (String patternNet : roles.explainers(PATTERN_NET)) {
        if (roles.isLearned(patternNet)) {
          RIVALS.stream()
              .flatMap(rival -> roles.explainers(rival).stream())
              .forEach(rival -> questions.add(new Question(score, patternNet, rival)));
        }
      }
    }
    return answered(Claim.SIGNAL_LIKE_INPUT, questions);
  }

  /** A row of each score of a family of metrics. */
  private List<Score> scores(String family) {
    List<Score> found = new ArrayList<>();
    for (Score score : evidence.scores()) {
      boolean known =
          found.stream()
              .anyMatch(f -> f.metric().equals(score.metric()) && f.score().equals(score.score()));
      if (score.family().equals(family) && !known) {
        found.add(score);
      }
    }
    return found;
  }

  private boolean has(Score score, String explainer) {
    return evidence.scores().stream()
        .anyMatch(
            row ->
                row.metric().equals(score.metric())
                    && row.score().equals(score.score())
                    && row.explainer().equals(explainer));
  }

  private List<ClaimStatement> answered(Claim claim, List<Question> all) {
    List<Question> questions =
        all.stream().filter(q -> has(q.score(), q.a()) && has(q.score(), q.b())).toList();
    List<Judgement> judged =
        Judgement.family(
            questions.stream().map(this::paired).toList(),
            questions.stream()
                .map(q -> evidence.comparisons().margin(q.score().score(), q.score().margin()))
                .toList());
    List<ClaimStatement> parts = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      parts.add(part(claim, questions.get(i), judged.get(i)));
    }
    return parts;
  }

  private Paired paired(Question question) {
    return Paired.of(
        evidence.values().apply(question.score(), question.a()),
        evidence.values().apply(question.score(), question.b()),
        evidence.bootstrap());
  }

  private static ClaimStatement part(Claim claim, Question question, Judgement judgement) {
    Score score = question.score();
    Finding finding =
        judgement
            .better(score.lowerIsBetter())
            .map(first -> first ? Finding.SUPPORTED : Finding.CONTRADICTED)
            .orElse(Finding.UNDECIDED);
    String statement =
        (score.lowerIsBetter() ? "below " : "above ") + question.b() + ": difference";
    return new ClaimStatement(
        claim,
        score.metric() + ", " + score.score(),
        question.a(),
        statement,
        judgement.paired().difference().mean(),
        judgement.paired().difference().low(),
        judgement.paired().difference().high(),
        judgement.holm().orElse(Double.NaN),
        finding);
  }
}
