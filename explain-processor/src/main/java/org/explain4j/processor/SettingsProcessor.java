package org.explain4j.processor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Writes what the Javadoc of settings says into the resource {@value #RESOURCE} of the module that
 * is compiled. A record is taken for settings if it has defaults, which is a constructor without
 * parameters, or is read from a word, by a static {@code parse} or {@code named}; so is every enum.
 *
 * <p>Each line has a name, a tab and a text: {@code com.example.RectGrad} what the record is,
 * {@code com.example.RectGrad#percentile} what a component means. Texts are plain, with {@code
 * `backticks`} around code.
 */
@SupportedAnnotationTypes("*")
public final class SettingsProcessor extends AbstractProcessor {
  /** Where the texts are, in a jar. */
  public static final String RESOURCE = "META-INF/explain4j/settings.tsv";

  private static final Set<String> READERS = Set.of("parse", "named");

  private final Map<String, String> texts = new TreeMap<>();

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    round.getRootElements().forEach(this::visit);
    if (round.processingOver() && !texts.isEmpty()) {
      write();
    }
    return false;
  }

  private void visit(Element element) {
    if (element instanceof TypeElement type) {
      ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::visit);
      if (type.getKind() == ElementKind.ENUM) {
        constants(type);
      } else if (type.getKind() == ElementKind.RECORD && isSettings(type)) {
        settings(type);
      }
    }
  }

  private static boolean isSettings(TypeElement type) {
    List<? extends Element> members = type.getEnclosedElements();
    return ElementFilter.constructorsIn(members).stream()
            .anyMatch(constructor -> constructor.getParameters().isEmpty())
        || ElementFilter.methodsIn(members).stream().anyMatch(SettingsProcessor::isReader);
  }

  private static boolean isReader(ExecutableElement method) {
    return READERS.contains(method.getSimpleName().toString())
        && method.getModifiers().contains(Modifier.STATIC)
        && method.getParameters().size() == 1;
  }

  private void settings(TypeElement type) {
    Javadoc javadoc = Javadoc.of(processingEnv.getElementUtils().getDocComment(type));
    String name = processingEnv.getElementUtils().getBinaryName(type).toString();
    put(name, javadoc.description());
    type.getRecordComponents()
        .forEach(
            component -> {
              String setting = component.getSimpleName().toString();
              put(name + "#" + setting, javadoc.parameters().getOrDefault(setting, ""));
            });
  }

  private void constants(TypeElement type) {
    String name = processingEnv.getElementUtils().getBinaryName(type).toString();
    for (Element member : type.getEnclosedElements()) {
      if (member.getKind() == ElementKind.ENUM_CONSTANT) {
        String comment = processingEnv.getElementUtils().getDocComment(member);
        put(name + "#" + member.getSimpleName(), Javadoc.of(comment).description());
      }
    }
  }

  private void put(String name, String text) {
    if (!text.isEmpty()) {
      texts.put(name, text);
    }
  }

  private void write() {
    StringBuilder lines = new StringBuilder();
    texts.forEach((name, text) -> lines.append(name).append('\t').append(text).append('\n'));
    try (OutputStream out =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", RESOURCE)
            .openOutputStream()) {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, RESOURCE + " cannot be written: " + e.getMessage());
    }
  }
}
