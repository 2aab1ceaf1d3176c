// Licensed under the Apache License, Version 2.0.
package io.cytolog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The Kubernetes overlays as kubectl renders them; a test that needs one skips without kubectl. */
final class Overlays {
    private Overlays() {}

    static String render(String overlay) {
        var kubectl = Program.orSkip("kubectl", "kubectl");
        var run = kubectl.run("kustomize", "k8s/overlays/" + overlay);
        assertThat(run.exit()).as(run.output()).isZero();
        return run.output();
    }

    static List<JsonNode> documents(String overlay) {
        return Checkout.documents(render(overlay));
    }
}
