// Licensed under the Apache License, Version 2.0.
package io.cytolog.onnx;

import static io.cytolog.release.TestReleases.SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a device is chosen; no test needs a GPU, and where there is one they hold as well. */
class SessionOpenerTest {

    private static final PixelBatch BATCH = new PixelBatch(SIDE, 32);
    private static final InferenceThreads ONE = new InferenceThreads(1);

    private final List<Provider> tried = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "auto, AUTO, 0, auto",
        "CPU, CPU, 0, cpu",
        "cuda, CUDA, 0, cuda:0",
        "' Cuda:3 ', CUDA, 3, cuda:3"
    })
    void readsDevices(String text, InferenceDevice.Kind kind, int number, String written) {
        InferenceDevice device = InferenceDevice.parse(text);
        assertThat(device).isEqualTo(new InferenceDevice(kind, number)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "cuda:", "cuda:-1", "cuda:1234", "auto:1", ""})
    void refusesWhatIsNoDevice(String text) {
        assertThatThrownBy(() -> InferenceDevice.parse(text))
                .hasMessage("'%s' is no device; give auto, cpu, cuda or cuda:N", text);
    }

    @Test
    void triesTheGpuFirstAndTakesTheCpuWithOneLine() throws Exception {
        // When
        open(opener("auto", false, this::noGpu)).close();

        // Then
        assertThat(tried).containsExactly(Provider.CUDA, Provider.CPU);
        assertThat(lines)
                .singleElement()
                .asString()
                .contains(
                        "inference.device=auto: CUDA cannot be used, the CPU computes",
                        "no CUDA-capable device is detected",
                        "-Pgpu",
                        "set inference.device=cpu")
                .doesNotContain("\n");
    }

    @Test
    void doesNotTryAgainWhatCouldNotBeHad() throws Exception {
        // Given
        SessionOpener opener = opener("auto", false, this::noGpu);
        open(opener).close();

        // When
        open(opener).close();

        // Then
        assertThat(tried).containsExactly(Provider.CUDA, Provider.CPU, Provider.CPU);
        assertThat(lines).hasSize(1);
    }

    @Test
    void fallsFromTensorRtToCudaToTheCpu() throws Exception {
        open(opener("auto", true, this::noGpu)).close();
        assertThat(tried).containsExactly(Provider.TENSORRT, Provider.CUDA, Provider.CPU);
        assertThat(lines).hasSize(2);
    }

    @Test
    void saysNothingWhenTheFirstChoiceWorks() throws Exception {
        open(opener("auto", false, (options, provider, policy, batch) -> {})).close();
        open(opener("cpu", false, this::noGpu)).close();
        assertThat(lines).isEmpty();
    }

    @Test
    void refusesWhenTheGpuThatWasAskedForCannotBeHad() {
        SessionOpener opener = opener("cuda:1", false, this::noGpu);
        assertThatThrownBy(() -> open(opener)).isInstanceOf(OrtException.class);
        assertThat(opener.fault())
                .hasValueSatisfying(
                        fault ->
                                assertThat(fault)
                                        .startsWith(
                                                "inference.device=cuda:1 cannot be used through CUDA:")
                                        .contains(
                                                "no CUDA-capable device", "inference.device=auto"));
        assertThat(tried).doesNotContain(Provider.CPU);
    }

    @Test
    void findsNoFaultInADeviceThatWorksOrIsFree() {
        assertThat(opener("cuda", false, (o, provider, policy, batch) -> {}).fault()).isEmpty();
        assertThat(opener("auto", false, this::noGpu).fault()).isEmpty();
        assertThat(tried).containsExactly(Provider.CUDA);
    }

    @Test
    void takesALibraryThatCannotBeLinkedForAMissingGpu() throws Exception {
        ProviderRegistration unlinked =
                (options, provider, policy, batch) -> {
                    if (provider != Provider.CPU) {
                        throw new UnsatisfiedLinkError("libcudart.so.12 is not there");
                    }
                };
        open(opener("auto", false, unlinked)).close();
        assertThat(lines).singleElement().asString().contains("libcudart.so.12");
    }

    @Test
    void blamesTheModelWhenTheCpuRefusesItToo() {
        SessionOpener opener = opener("auto", false, this::noGpu);
        assertThatThrownBy(() -> opener.open(new byte[] {1, 2}, Map.of(), BATCH))
                .isInstanceOf(OrtException.class)
                .hasMessageNotContaining("CUDA");
        assertThat(lines).isEmpty();
    }

    @Test
    void worksOnThisMachineWhateverItHas() throws Exception {
        // Given: the runtime's own registration.
        SessionOpener opener = opener("auto", false, ProviderRegistration.RUNTIME);

        // Then
        open(opener).close();
        assertThat(lines).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void mapsThePolicyToTheProvidersOptions() {
        // Given
        SessionPolicy policy =
                new SessionPolicy(ONE, InferenceDevice.parse("cuda:2"), 2L << 30, true);

        // Then
        assertThat(GpuOptions.cuda(policy))
                .containsEntry("gpu_mem_limit", "2147483648")
                .containsEntry("use_tf32", "0")
                .containsEntry("arena_extend_strategy", "kSameAsRequested");
        assertThat(GpuOptions.tensorRt(policy, BATCH))
                .containsEntry("trt_profile_min_shapes", "pixels:1x32x32x3")
                .containsEntry("trt_profile_max_shapes", "pixels:32x32x32x3")
                .containsEntry("trt_max_workspace_size", "2147483648");
        assertThat(GpuOptions.cuda(SessionPolicy.cpu(ONE))).doesNotContainKey("gpu_mem_limit");
    }

    private SessionOpener opener(
            String device, boolean tensorRt, ProviderRegistration registration) {
        ProviderRegistration seen =
                (options, provider, policy, batch) -> {
                    tried.add(provider);
                    registration.add(options, provider, policy, batch);
                };
        return new SessionOpener(
                new SessionPolicy(ONE, InferenceDevice.parse(device), 0, tensorRt),
                seen,
                (level, line) -> lines.add(line));
    }

    private void noGpu(
            OrtSession.SessionOptions options,
            Provider provider,
            SessionPolicy policy,
            PixelBatch batch)
            throws OrtException {
        if (provider != Provider.CPU) {
            throw new OrtException("no CUDA-capable device is detected\nat cuda_call.cc:129");
        }
    }

    private static OrtSession open(SessionOpener opener) throws OrtException {
        return opener.open(TinyModels.imageEncoder(SIDE), Map.of(), BATCH);
    }
}
