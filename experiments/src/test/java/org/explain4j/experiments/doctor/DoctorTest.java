package org.explain4j.experiments.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DoctorTest {
  private static final String HOME = Path.of("").toAbsolutePath().toString(); // any that exists

  private static final long GIGABYTE = 1L << 30;

  /** A machine that is well, but for what a test changes. */
  private static final class Patient implements Machine {
    private final Map<String, String> properties =
        new HashMap<>(
            Map.of(
                "java.version", "17.0.1",
                "java.vendor", "Someone",
                "os.arch", "amd64",
                "sun.arch.data.model", "64",
                "org.bytedeco.javacpp.maxbytes", "12g",
                "java.io.tmpdir", "/tmp",
                "user.home", HOME,
                "sun.jnu.encoding", "UTF-8",
                "user.language", "en"));
    private final Map<String, String> variables = new HashMap<>(Map.of("OMP_NUM_THREADS", "1"));
    private long heap = 4 * GIGABYTE;
    private long space = 50 * GIGABYTE;
    private String unwritable = "nothing";
    private boolean fonts = true;
    private Natives natives = new Natives("CpuBackend", "OPENBLAS", 4, "2.5.2, AVX-512");

    @Override
    public String property(String name) {
      return properties.getOrDefault(name, "");
    }

    @Override
    public String variable(String name) {
      return variables.getOrDefault(name, "");
    }

    @Override
    public long heap() {
      return heap;
    }

    @Override
    public long memory() {
      return 32 * GIGABYTE;
    }

    @Override
    public int processors() {
      return 4;
    }

    @Override
    public long space(Path folder) {
      return space;
    }

    @Override
    public void write(Path folder) throws IOException {
      if (folder.toString().startsWith(unwritable)) {
        throw new AccessDeniedException(folder.toString());
      }
    }

    @Override
    public void font() throws IOException {
      if (!fonts) {
        throw new IOException("Fontconfig head is null");
      }
    }

    @Override
    public Natives natives() {
      if (natives == null) {
        throw new UnsatisfiedLinkError("no jnind4jcpu in java.library.path");
      }
      return natives;
    }
  }

  private final Patient patient = new Patient();

  private Diagnosis of(String subject) {
    return Doctor.examine(patient).stream()
        .filter(each -> each.subject().startsWith(subject))
        .findFirst()
        .orElseThrow();
  }

  private void assertFound(String subject, Diagnosis.Level level, String text, String advice) {
    Diagnosis found = of(subject);
    assertThat(found.level()).as(found.toString()).isEqualTo(level);
    assertThat(found.text()).contains(text);
    assertThat(found.advice()).contains(advice);
  }

  @Test
  void aHealthyMachineIsToldSo() {
    List<Diagnosis> all = Doctor.examine(patient);
    assertThat(all).hasSizeGreaterThan(12);
    assertThat(all)
        .allSatisfy(each -> assertThat(each.level()).isEqualTo(Diagnosis.Level.OK))
        .allSatisfy(each -> assertThat(each.advice()).isEmpty());
  }

  @Test
  void thisMachineCanBeExamined() {
    assertThat(Doctor.examine())
        .noneSatisfy(each -> assertThat(each.level()).isEqualTo(Diagnosis.Level.FAIL));
  }

  @Test
  void temporaryFilesThatCannotBeWritten() {
    patient.unwritable = "/tmp";
    assertFound(
        "temporary files", Diagnosis.Level.FAIL, "/tmp cannot be written", "java.io.tmpdir");
  }

  @Test
  void aHomeThatCannotBeWritten() {
    patient.unwritable = HOME;
    assertFound("unpacked native", Diagnosis.Level.FAIL, "cannot be written", "cachedir=DIR");
    assertFound("cache", Diagnosis.Level.WARN, "/.explain4j/cache cannot", "choose another folder");
  }

  @Test
  void aDiskThatIsFull() {
    patient.space = 50 << 20;
    assertFound("temporary files", Diagnosis.Level.FAIL, "50 MB free", "Free some space");
    assertFound("this folder", Diagnosis.Level.WARN, "50 MB free", "Free some space");
  }

  @Test
  void aDiskThatIsSmall() {
    patient.space = 500 << 20;
    assertFound("temporary files", Diagnosis.Level.WARN, "500 MB free", "runs need 1 GB");
  }

  @Test
  void noFonts() {
    patient.fonts = false;
    assertFound("font", Diagnosis.Level.FAIL, "Fontconfig head is null", "libfreetype6");
  }

  @Test
  void noNativeLibraries() {
    patient.natives = null;
    assertFound("native", Diagnosis.Level.FAIL, "no jnind4jcpu", "cachedir=DIR");
    assertFound("oneDNN", Diagnosis.Level.FAIL, "not known", "native libraries first");
  }

  @Test
  void limitsThatDoNotFit() {
    patient.properties.put("org.bytedeco.javacpp.maxbytes", "40g");
    assertFound("off-heap", Diagnosis.Level.WARN, "32.0 GB", "EXPLAIN4J_OFFHEAP to 22118m");
    patient.properties.put("org.bytedeco.javacpp.maxbytes", "4gg");
    assertFound("off-heap", Diagnosis.Level.FAIL, "found '4gg'", "EXPLAIN4J_OFFHEAP");
    patient.properties.put("org.bytedeco.javacpp.maxbytes", "512m");
    assertFound("off-heap", Diagnosis.Level.WARN, "512 MB", "2g or more");
    patient.properties.remove("org.bytedeco.javacpp.maxbytes");
    assertFound("off-heap", Diagnosis.Level.WARN, "no limit", "./explain");
    patient.heap = 256 << 20;
    assertFound("heap", Diagnosis.Level.WARN, "256 MB", "EXPLAIN4J_HEAP");
  }

  @Test
  void threadsThatSlowEverything() {
    patient.natives = new Machine.Natives("CpuBackend", "OPENBLAS", 1, "none");
    assertFound("threads of matrix", Diagnosis.Level.WARN, "1 of 4", "OPENBLAS_NUM_THREADS to 4");
    assertFound("oneDNN", Diagnosis.Level.WARN, "none", "ND4J's operations");
    patient.variables.clear();
    assertFound("threads within", Diagnosis.Level.WARN, "not set", "OMP_NUM_THREADS to 1");
  }

  @Test
  void aLocaleWithoutLetters() {
    patient.properties.put("sun.jnu.encoding", "ANSI_X3.4-1968");
    assertFound("letters", Diagnosis.Level.WARN, "ANSI_X3.4-1968", "LC_ALL to C.UTF-8");
  }
}
