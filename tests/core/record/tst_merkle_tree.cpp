#include "core/record/merkle_tree.h"

#include "core/crypto/sha256.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::record;

namespace {

/// The definition of RFC 9162 section 2.1.1 word for word, as a second way.
Digest rootByDefinition(std::span<const Digest> leaves)
{
    if (leaves.empty())
        return crypto::sha256(std::string_view());
    if (leaves.size() == 1)
        return leaves[0];
    std::size_t split = 1;
    while (split * 2 < leaves.size())
        split *= 2;
    return nodeHash(rootByDefinition(leaves.first(split)), rootByDefinition(leaves.subspan(split)));
}

std::vector<Digest> someLeaves(std::size_t count)
{
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(leafHash("entry " + std::to_string(i)));
    return leaves;
}

constexpr std::size_t most = 40;

} // namespace

class TestMerkleTree : public QObject
{
    Q_OBJECT

private slots:
    void theEmptyTreeHashesNothing();
    void growingGivesTheRootOfTheDefinition();
    void everyLeafIsProvenInEveryTree();
    void aProofFitsNothingElse();
    void everyTreeIsConsistentWithEveryLaterOne();
    void aForkIsNotConsistent();
    void aLeafIsNoNode();
};

void TestMerkleTree::theEmptyTreeHashesNothing()
{
    // RFC 9162: MTH({}) = HASH()
    QCOMPARE(MerkleTree().root().hex(),
             std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void TestMerkleTree::growingGivesTheRootOfTheDefinition()
{
    const auto leaves = someLeaves(300);
    MerkleTree tree;
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        tree.append(leaves[size - 1]);
        QCOMPARE(tree.size(), std::uint64_t{size});
        QCOMPARE(tree.root(), rootByDefinition(std::span(leaves).first(size)));
    }
}

void TestMerkleTree::everyLeafIsProvenInEveryTree()
{
    const auto leaves = someLeaves(most);
    for (std::size_t size = 1; size <= most; ++size) {
        const auto tree = std::span(leaves).first(size);
        for (std::size_t index = 0; index < size; ++index)
            QVERIFY(verifyInclusion(leaves[index], index, size, inclusionProof(tree, index), rootByDefinition(tree)));
    }
}

void TestMerkleTree::aProofFitsNothingElse()
{
    const auto leaves = someLeaves(13);
    const Digest root = rootByDefinition(leaves);
    for (std::size_t index = 0; index < leaves.size(); ++index) {
        const auto proof = inclusionProof(leaves, index);
        for (std::size_t other = 0; other < leaves.size(); ++other) {
            if (other != index) {
                QVERIFY(!verifyInclusion(leaves[other], index, 13, proof, root));
                QVERIFY(!verifyInclusion(leaves[index], other, 13, proof, root));
            }
        }
        auto longer = proof;
        longer.push_back(root);
        QVERIFY(!verifyInclusion(leaves[index], index, 13, longer, root));
        QVERIFY(!verifyInclusion(leaves[index], index, 13, std::span(proof).first(proof.size() - 1), root));
    }
    QVERIFY(!verifyInclusion(leaves[0], 13, 13, {}, root));
    QVERIFY(inclusionProof(leaves, 13).empty());
}

void TestMerkleTree::everyTreeIsConsistentWithEveryLaterOne()
{
    const auto leaves = someLeaves(most);
    for (std::size_t second = 1; second <= most; ++second) {
        const auto tree = std::span(leaves).first(second);
        for (std::size_t first = 1; first <= second; ++first) {
            QVERIFY(verifyConsistency(first, second, rootByDefinition(tree.first(first)), rootByDefinition(tree),
                                      consistencyProof(tree, first)));
        }
    }
}

void TestMerkleTree::aForkIsNotConsistent()
{
    const auto leaves = someLeaves(12);
    auto fork = leaves;
    fork[3] = leafHash("forged");
    for (std::size_t first = 1; first < 12; ++first) {
        const auto proof = consistencyProof(fork, first);
        const bool isSame = verifyConsistency(first, 12, rootByDefinition(std::span(leaves).first(first)),
                                              rootByDefinition(fork), proof);
        QCOMPARE(isSame, first <= 3);
    }
    QVERIFY(!verifyConsistency(0, 12, leaves[0], rootByDefinition(leaves), {}));
    QVERIFY(!verifyConsistency(12, 12, rootByDefinition(leaves), rootByDefinition(fork), {}));
}

void TestMerkleTree::aLeafIsNoNode()
{
    const auto leaves = someLeaves(2);
    const std::string both = std::string(reinterpret_cast<const char*>(leaves[0].bytes.data()), 32) +
                             std::string(reinterpret_cast<const char*>(leaves[1].bytes.data()), 32);
    QVERIFY(leafHash(both) != nodeHash(leaves[0], leaves[1]));
}

QTEST_GUILESS_MAIN(TestMerkleTree)
#include "tst_merkle_tree.moc"
