package org.explain4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ImageNetTest {

  @Test
  void theClassesAreInTheOrderOfTheirSynsetIds() {
    assertThat(ImageNet.synsets()).hasSize(1000).isSorted().doesNotHaveDuplicates();
    assertThat(ImageNet.names()).hasSize(1000).allMatch(name -> !name.isBlank());
    // As in Keras' imagenet_class_index.json and Caffe's synset_words.txt.
    assertThat(ImageNet.index("n01440764")).hasValue(0);
    assertThat(ImageNet.index("n02123045")).hasValue(281);
    assertThat(ImageNet.index("n15075141")).hasValue(999);
    assertThat(ImageNet.index("n00000000")).isEmpty();
    assertThat(ImageNet.names().get(281)).isEqualTo("tabby, tabby cat");
    assertThat(ImageNet.nameOf("n15075141"))
        .isEqualTo("toilet tissue, toilet paper, bathroom tissue");
    assertThat(ImageNet.nameOf("folder")).isEqualTo("folder");
  }
}
