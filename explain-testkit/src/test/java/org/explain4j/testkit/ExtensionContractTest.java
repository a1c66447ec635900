package org.explain4j.testkit;

import java.util.List;
import java.util.Locale;
import org.explain4j.api.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

class ExtensionContractTest {

  @Test
  void eachFlawIsFoundByItsLaw() {
    Verdicts.of(OnFlawed.class).requireThatEachFlawIsFound(Flaw.values());
  }

  @Test
  void eachLawFindsAFlaw() {
    Verdicts.requireThatEachLawFindsAFlaw(ExtensionContract.class, Flaw.values());
  }

  /** A service of the tests' own. */
  public interface Service extends Extension {
    @Override
    default String id() {
      return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Override
    default String summary() {
      return "for tests";
    }
  }

  @ParameterizedClass(name = "{0}")
  @EnumSource
  static class OnFlawed extends ExtensionContract<Service> {
    @Parameter Flaw flaw;

    OnFlawed() {
      super(Service.class);
    }

    @Override
    protected Service create() {
      return switch (flaw) {
        case NONE -> new Sound("", 1, List.of(1.0), new Range(0, 1));
        case NO_RECORD -> new Plain();
        case NO_DEFAULTS -> new Bare(1);
        case DEFAULT_OF_NULL -> new Hollow();
        case UNWRITABLE -> new Odd();
        case BAD_ID -> new Named("Two words", "for tests");
        case NO_SUMMARY -> new Named("named", " ");
        case LONG_SUMMARY -> new Named("named", "one\ntwo");
        case NOT_LISTED -> new Named("named", "for tests");
        case ANOTHER_OF_THAT_ID -> new Named("sound", "for tests");
        case TAKES_ANY_SEED -> new Careless(1);
      };
    }
  }

  enum Flaw implements Verdicts.Flaw {
    NONE("", ""),
    NO_RECORD("itIsARecordWhoseNoArgumentConstructorHasTheDefaults", "must be a record"),
    NO_DEFAULTS(
        "itIsARecordWhoseNoArgumentConstructorHasTheDefaults", "constructor without arguments"),
    DEFAULT_OF_NULL(
        "itIsARecordWhoseNoArgumentConstructorHasTheDefaults",
        "one that may be absent is Optional"),
    UNWRITABLE("itsSettingsCanBeWrittenInAnExperimentFile", "'numbers' of Odd must be a number"),
    BAD_ID("itsIdIsInKebabCase", "Two words"),
    NO_SUMMARY("itsSummaryIsOneLine", "the summary"),
    LONG_SUMMARY("itsSummaryIsOneLine", "one"),
    NOT_LISTED("itIsFoundByItsId", "must have the line 'org.explain4j.testkit.Ext"),
    ANOTHER_OF_THAT_ID("itIsFoundByItsId", "Sound"),
    TAKES_ANY_SEED("seedsBelowOneAreRefused", "a seed of 0");

    private final String law;
    private final String says;

    Flaw(String law, String says) {
      this.law = law;
      this.says = says;
    }

    @Override
    public String law() {
      return law;
    }

    @Override
    public String says() {
      return says;
    }
  }

  /** RecordSettings of every kind. */
  public record Sound(String word, long seed, List<Double> numbers, Range range)
      implements Service {
    public Sound() {
      this("", 1, List.of(), new Range(0, 1));
    }

    public Sound {
      Extension.requireSeed(seed);
    }
  }

  record Range(double from, double to) {}

  private static final class Plain implements Service {}

  private record Bare(int size) implements Service {}

  private record Hollow(String word) implements Service {
    Hollow() {
      this(null);
    }
  }

  private record Odd(double[] numbers) implements Service {
    Odd() {
      this(new double[0]);
    }
  }

  private record Named(String id, String summary) implements Service {
    Named() {
      this("named", "for tests");
    }
  }

  private record Careless(long seed) implements Service {
    Careless() {
      this(1);
    }
  }
}
