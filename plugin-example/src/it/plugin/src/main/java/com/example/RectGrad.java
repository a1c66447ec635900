package com.example;

import java.util.List;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.network.LayerKind;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rectified Gradient (Kim et al. 2019, arXiv 1902.04893, Eq. 4): the gradient that passes a
 * rectifier only where activation times gradient is positive and among the largest.
 *
 * @param percentile of activation times gradient in each example that does not pass, in [0,100)
 */
public record RectGrad(double percentile) implements Explainer {

  public RectGrad() {
    this(80);
  }

  public RectGrad {
    if (!(percentile >= 0 && percentile < 100)) {
      throw new IllegalArgumentException(
          "The percentile (" + percentile + ") must be at least 0 and below 100.");
    }
  }

  @Override
  public String id() {
    return "rect-grad";
  }

  @Override
  public String summary() {
    return "Gradient through the most important rectifiers only (Kim et al. 2019)";
  }

  @Override
  public Group group() {
    return Group.SIGNAL;
  }

  @Override
  public Attributor bind(Subject subject) {
    PropagationRule rule = PropagationRule.named("where a * g is large", this::rectify);
    Composite composite = Composite.gradient().with(LayerKind.ACTIVATION, rule);
    return Attributor.of(subject.network(), composite, Start.ONE);
  }

  private List<INDArray> rectify(Site site, INDArray gradient) {
    INDArray importance = site.output().mul(gradient);
    INDArray passed = gradient.dup('c');
    for (int example = 0; example < gradient.size(0); example++) {
      INDArray own = importance.slice(example).dup('c');
      double threshold = Math.max(0, own.percentileNumber(percentile).doubleValue());
      passed.slice(example).muli(own.gt(threshold).castTo(gradient.dataType()));
    }
    return List.of(passed);
  }
}
