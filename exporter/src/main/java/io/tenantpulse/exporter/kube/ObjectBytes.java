package io.tenantpulse.exporter.kube;

/**
 * Where a Kubernetes object stands in a line or an answer.
 *
 * @param offset where it begins
 * @param length in bytes
 * @param skippedFrom where a value inside it begins whose end is known already; not inside it: there is none
 * @param skippedTo just after that value. Where the line was read for its resourceVersion, {@code managedFields} had to be
 *     stepped over, often half of the object: it need not be done twice
 */
public record ObjectBytes(byte[] bytes, int offset, int length, int skippedFrom, int skippedTo) {
    public ObjectBytes(byte[] bytes, int offset, int length) {
        this(bytes, offset, length, -1, -1);
    }
}
