package org.explain4j.experiments.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.explain4j.api.Download;
import org.explain4j.experiments.configuration.Memory;
import org.explain4j.experiments.results.Errors;
import org.explain4j.network.files.Reason;

/** Looks at everything that experiments need of a machine. */
public final class Doctor {
  private static final String LIMIT = "org.bytedeco.javacpp.maxbytes";
  private static final long MEGABYTE = 1 << 20;
  private static final long LITTLE = 1024 * MEGABYTE;
  private static final long NOTHING = 100 * MEGABYTE;
  private static final List<Function<Machine, Diagnosis>> CHECKS =
      List.of(
          Doctor::java,
          Doctor::heap,
          Doctor::arrays,
          Doctor::natives,
          Doctor::blasThreads,
          Doctor::openMp,
          Doctor::oneDnn,
          Doctor::font,
          machine -> folder(machine, "temporary files", temporary(machine), true),
          machine -> folder(machine, "unpacked native libraries", javacpp(machine), true),
          machine -> folder(machine, "cache (EXPLAIN4J_CACHE)", cache(machine), false),
          machine -> folder(machine, "downloads (EXPLAIN4J_DATA)", data(), false),
          machine -> folder(machine, "this folder, for runs", Path.of(""), false),
          Doctor::letters,
          Doctor::window);

  private Doctor() {}

  /** Every check, in the order in which one would mend things. */
  public static List<Diagnosis> examine() {
    return examine(new ThisMachine());
  }

  static List<Diagnosis> examine(Machine machine) {
    return CHECKS.stream().map(check -> check.apply(machine)).toList();
  }

  private static Diagnosis java(Machine machine) {
    String text =
        "%s (%s), %s"
            .formatted(
                machine.property("java.version"),
                machine.property("java.vendor"),
                machine.property("os.arch"));
    return machine.property("sun.arch.data.model").equals("32")
        ? Diagnosis.fail("java", text, "Install a JDK of 64 bits, version 17 or later.")
        : Diagnosis.ok("java", text);
  }

  private static Diagnosis heap(Machine machine) {
    String text = size(machine.heap()) + " for tables and images";
    return machine.heap() < LITTLE - 100 * MEGABYTE
        ? Diagnosis.warn("heap", text, "Set EXPLAIN4J_HEAP to 2g or more.")
        : Diagnosis.ok("heap", text);
  }

  private static Diagnosis arrays(Machine machine) {
    String subject = "off-heap memory";
    String limit = machine.property(LIMIT);
    if (limit.isEmpty()) {
      return Diagnosis.warn(
          subject,
          "no limit is set, so arrays get as much as the heap",
          "Start with ./explain, which sets EXPLAIN4J_OFFHEAP (12g).");
    }
    long bytes;
    try {
      bytes = Memory.parse(limit).bytes();
    } catch (IllegalArgumentException e) {
      return Diagnosis.fail(
          subject, e.getMessage(), "Set EXPLAIN4J_OFFHEAP to 12g, or leave it out.");
    }
    String text =
        "%s for arrays; the machine has %s".formatted(size(bytes), size(machine.memory()));
    if (bytes < LITTLE) {
      return Diagnosis.warn(subject, text, "Set EXPLAIN4J_OFFHEAP to 2g or more.");
    }
    return bytes + machine.heap() > machine.memory()
        ? Diagnosis.warn(
            subject,
            text + ", less than heap and arrays together may take",
            "Set EXPLAIN4J_OFFHEAP to %dm, so that the system does not end a large run."
                .formatted(Math.max(512, (machine.memory() * 8 / 10 - machine.heap()) / MEGABYTE)))
        : Diagnosis.ok(subject, text);
  }

  private static Diagnosis natives(Machine machine) {
    try {
      Machine.Natives natives = machine.natives();
      return Diagnosis.ok("native libraries", natives.backend() + ", " + natives.blas());
    } catch (LinkageError | RuntimeException e) {
      return Diagnosis.fail(
          "native libraries",
          Errors.whyThereAreNoNatives(e).orElseGet(() -> Errors.message(e)),
          "Free some space in ~/.javacpp/cache, or choose another folder:"
              + " JAVA_TOOL_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR. On other processors than"
              + " x86-64 and ARM64 there are none.");
    }
  }

  private static Diagnosis blasThreads(Machine machine) {
    String subject = "threads of matrix products";
    try {
      int threads = machine.natives().blasThreads();
      String text = "%d of %d processors".formatted(threads, machine.processors());
      return threads > 0 && threads < machine.processors()
          ? Diagnosis.warn(
              subject, text, "Set OPENBLAS_NUM_THREADS to " + machine.processors() + ".")
          : Diagnosis.ok(subject, text);
    } catch (LinkageError | RuntimeException e) {
      return Diagnosis.fail(subject, "not known", "Mend the native libraries first.");
    }
  }

  private static Diagnosis openMp(Machine machine) {
    String threads = machine.variable("OMP_NUM_THREADS");
    String text = threads.isEmpty() ? "OMP_NUM_THREADS is not set" : "OMP_NUM_THREADS=" + threads;
    return threads.equals("1")
        ? Diagnosis.ok("threads within an operation", text)
        : Diagnosis.warn(
            "threads within an operation",
            text + ": they spin while they wait, which slows other work a hundredfold",
            "Start with ./explain, or set OMP_NUM_THREADS to 1.");
  }

  private static Diagnosis oneDnn(Machine machine) {
    try {
      String version = machine.natives().onednn();
      return version.equals("none")
          ? Diagnosis.warn(
              "oneDNN",
              "none for this platform",
              "Convolutions run on ND4J's operations, several times as slow; nothing can be done"
                  + " here.")
          : Diagnosis.ok("oneDNN", version);
    } catch (LinkageError | RuntimeException e) {
      return Diagnosis.fail("oneDNN", "not known", "Mend the native libraries first.");
    }
  }

  private static Diagnosis font(Machine machine) {
    try {
      machine.font();
      return Diagnosis.ok("font of charts", "can be drawn");
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      return Diagnosis.fail(
          "font of charts",
          Reason.of(e).replace('\n', ' '),
          "Free space for temporary files; on Linux also install libfreetype6.");
    }
  }

  private static Path temporary(Machine machine) {
    return Path.of(machine.property("java.io.tmpdir"));
  }

  private static Path javacpp(Machine machine) {
    String given = machine.property("org.bytedeco.javacpp.cachedir");
    return given.isEmpty()
        ? Path.of(machine.property("user.home"), ".javacpp", "cache")
        : Path.of(given);
  }

  private static Path cache(Machine machine) {
    String given = machine.variable("EXPLAIN4J_CACHE");
    return given.isEmpty()
        ? Path.of(machine.property("user.home"), ".explain4j", "cache")
        : Path.of(given);
  }

  private static Path data() {
    return Download.folder("");
  }

  /** A folder that does not exist yet is made when it is needed, in the nearest one that does. */
  private static Diagnosis folder(
      Machine machine, String subject, Path folder, boolean indispensable) {
    Path existing = folder.toAbsolutePath().normalize();
    while (!Files.isDirectory(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    String shown = folder.toAbsolutePath().normalize().toString();
    Diagnosis.Level worst = indispensable ? Diagnosis.Level.FAIL : Diagnosis.Level.WARN;
    try {
      machine.write(existing);
      long space = machine.space(existing);
      String text = "%s, %s free".formatted(shown, size(space));
      if (space < NOTHING) {
        return new Diagnosis(subject, worst, text, "Free some space there.");
      }
      return space < LITTLE
          ? Diagnosis.warn(subject, text, "Free some space there; runs need 1 GB or more.")
          : Diagnosis.ok(subject, text);
    } catch (IOException | RuntimeException e) {
      return new Diagnosis(
          subject,
          worst,
          shown + " cannot be written: " + Reason.of(e),
          "Change its permissions, or choose another folder%s.".formatted(setting(subject)));
    }
  }

  private static String setting(String subject) {
    return switch (subject) {
      case "temporary files" -> ": JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR";
      case "unpacked native libraries" -> ": JAVA_TOOL_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR";
      case "this folder, for runs" -> " with --out";
      default -> "; the variable is in brackets";
    };
  }

  private static Diagnosis letters(Machine machine) {
    String encoding = machine.property("sun.jnu.encoding");
    String text = "%s, locale %s".formatted(encoding, machine.property("user.language"));
    return encoding.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8")
        ? Diagnosis.ok("letters", text)
        : Diagnosis.warn(
            "letters",
            text + ": files with other letters than English ones cannot be opened",
            "Set LC_ALL to C.UTF-8, as ./explain does.");
  }

  private static Diagnosis window(Machine machine) {
    String columns = machine.property("explain4j.columns");
    return Diagnosis.ok(
        "window",
        machine.property("explain4j.output").equals("true")
            ? columns + " columns"
            : "none; lines are not wrapped");
  }

  private static String size(long bytes) {
    return bytes < LITTLE
        ? bytes / MEGABYTE + " MB"
        : String.format(Locale.ROOT, "%.1f GB", bytes / (double) LITTLE);
  }
}
