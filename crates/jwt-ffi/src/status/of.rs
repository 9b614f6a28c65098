//! The status of each error of jwt-core.

use jwt_core::base64url::DecodeError;
use jwt_core::json::{JsonError, JsonErrorKind};
use jwt_core::{
    ClaimError, HeaderError, JwkError, KeyError, Malformed, ModulusError, RegisteredClaim, SignError,
    VerifyError,
};

use super::JwtStatus;

impl From<DecodeError> for JwtStatus {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::Padding { .. } => Self::Base64Padding,
            DecodeError::Whitespace { .. } => Self::Base64Whitespace,
            DecodeError::StandardAlphabet { .. } => Self::Base64Alphabet,
            DecodeError::InvalidByte { .. } => Self::Base64Byte,
            DecodeError::Length { .. } => Self::Base64Length,
            DecodeError::TrailingBits => Self::Base64TrailingBits,
            DecodeError::BufferTooSmall { .. } => Self::BufferTooSmall,
            _ => Self::UnknownError,
        }
    }
}

impl From<JsonError> for JwtStatus {
    fn from(error: JsonError) -> Self {
        match error.kind {
            JsonErrorKind::UnexpectedEnd => Self::JsonUnexpectedEnd,
            JsonErrorKind::UnexpectedByte { .. } => Self::JsonUnexpectedByte,
            JsonErrorKind::NotAnObject { .. } => Self::JsonNotAnObject,
            JsonErrorKind::TrailingData => Self::JsonTrailingData,
            JsonErrorKind::InvalidUtf8 => Self::JsonInvalidUtf8,
            JsonErrorKind::ByteOrderMark => Self::JsonByteOrderMark,
            JsonErrorKind::ControlCharacter { .. } => Self::JsonControlCharacter,
            JsonErrorKind::InvalidEscape => Self::JsonInvalidEscape,
            JsonErrorKind::LoneSurrogate => Self::JsonLoneSurrogate,
            JsonErrorKind::InvalidNumber => Self::JsonInvalidNumber,
            JsonErrorKind::DuplicateName => Self::JsonDuplicateName,
            JsonErrorKind::TooDeep => Self::JsonTooDeep,
            JsonErrorKind::TooManyMembers { .. } => Self::JsonTooManyMembers,
            JsonErrorKind::TooCostly { .. } => Self::JsonTooCostly,
            _ => Self::UnknownError,
        }
    }
}

impl From<Malformed> for JwtStatus {
    fn from(error: Malformed) -> Self {
        match error {
            Malformed::Empty => Self::EmptyToken,
            Malformed::TooLong { .. } => Self::TokenTooLong,
            Malformed::HeaderTooLong { .. } => Self::HeaderTooLong,
            Malformed::PartCount { .. } => Self::PartCount,
            Malformed::Encrypted => Self::EncryptedToken,
            Malformed::EmptyPart { .. } => Self::EmptyPart,
            Malformed::NotDetached => Self::NotDetached,
            Malformed::Base64 { error, .. } => error.into(),
            _ => Self::UnknownError,
        }
    }
}

impl From<HeaderError> for JwtStatus {
    fn from(error: HeaderError) -> Self {
        match error {
            HeaderError::Json(error) => error.into(),
            HeaderError::MissingAlg => Self::MissingAlg,
            HeaderError::WrongType { .. } => Self::HeaderWrongType,
            HeaderError::UnknownAlgorithm { .. } => Self::UnknownAlgorithm,
            HeaderError::InvalidCrit { .. } => Self::InvalidCrit,
            HeaderError::UnsupportedCritical { .. } => Self::UnsupportedCrit,
            HeaderError::Encrypted => Self::EncryptedToken,
            HeaderError::Compressed => Self::CompressedToken,
            HeaderError::UnencodedPayload => Self::UnencodedPayload,
            HeaderError::EncodedPayload => Self::EncodedPayload,
            HeaderError::InvalidB64 { .. } => Self::InvalidB64,
            HeaderError::B64NotCritical => Self::B64NotCritical,
            _ => Self::UnknownError,
        }
    }
}

impl From<VerifyError> for JwtStatus {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Malformed(error) => error.into(),
            VerifyError::Header(error) => error.into(),
            VerifyError::AlgorithmMismatch { .. } => Self::AlgorithmMismatch,
            VerifyError::InvalidSignature => Self::InvalidSignature,
            VerifyError::BufferTooSmall { .. } => Self::BufferTooSmall,
            _ => Self::UnknownError,
        }
    }
}

impl From<ClaimError> for JwtStatus {
    fn from(error: ClaimError) -> Self {
        match error {
            ClaimError::Json(error) => error.into(),
            ClaimError::WrongType { claim, .. } => match claim {
                RegisteredClaim::Iss => Self::IssuerWrongType,
                RegisteredClaim::Sub => Self::SubjectWrongType,
                RegisteredClaim::Aud => Self::AudienceWrongType,
                RegisteredClaim::Exp => Self::ExpWrongType,
                RegisteredClaim::Nbf => Self::NbfWrongType,
                RegisteredClaim::Iat => Self::IatWrongType,
                RegisteredClaim::Jti => Self::JtiWrongType,
            },
            ClaimError::OutOfRange { claim: RegisteredClaim::Exp } => Self::ExpOutOfRange,
            ClaimError::OutOfRange { claim: RegisteredClaim::Nbf } => Self::NbfOutOfRange,
            ClaimError::OutOfRange { .. } => Self::IatOutOfRange,
            ClaimError::MissingClaim { .. } => Self::MissingClaim,
            ClaimError::Expired { .. } => Self::Expired,
            ClaimError::NotYetValid { .. } => Self::NotYetValid,
            ClaimError::IssuedInFuture { .. } => Self::IssuedInFuture,
            ClaimError::TooOld { .. } => Self::TooOld,
            ClaimError::UnprovenTime { .. } => Self::UnprovenTime,
            ClaimError::IssuerMismatch { .. } => Self::IssuerMismatch,
            ClaimError::SubjectMismatch { .. } => Self::SubjectMismatch,
            ClaimError::AudienceMismatch { .. } => Self::AudienceMismatch,
            ClaimError::UnexpectedAudience { .. } => Self::UnexpectedAudience,
            ClaimError::MissingTyp { .. } => Self::MissingTyp,
            ClaimError::TypMismatch { .. } => Self::TypMismatch,
            ClaimError::MissingCty { .. } => Self::MissingCty,
            ClaimError::CtyMismatch { .. } => Self::CtyMismatch,
            ClaimError::ClaimWrongType { .. } => Self::ClaimWrongType,
            ClaimError::ClaimMismatch { .. } => Self::ClaimMismatch,
            ClaimError::AuthTimeOutOfRange => Self::AuthTimeOutOfRange,
            ClaimError::AuthenticationTooOld { .. } => Self::AuthenticationTooOld,
            ClaimError::AuthenticatedInFuture { .. } => Self::AuthenticatedInFuture,
            ClaimError::UnprovenAuthTime => Self::UnprovenAuthTime,
            ClaimError::NoTokenHash { .. } => Self::NoTokenHash,
            ClaimError::UnexpectedClaim { .. } => Self::UnexpectedClaim,
            _ => Self::UnknownError,
        }
    }
}

impl From<SignError> for JwtStatus {
    fn from(error: SignError) -> Self {
        match error {
            SignError::BufferTooSmall { .. } => Self::BufferTooSmall,
            SignError::TooLong { .. } => Self::TokenTooLong,
            SignError::HeaderTooLong { .. } => Self::HeaderTooLong,
            SignError::EmptyPayload => Self::EmptyPart,
            SignError::DotInPayload => Self::DotInPayload,
            SignError::Header(error) => error.into(),
            SignError::Claims(error) => error.into(),
            SignError::Serialize => Self::ClaimsNotSerializable,
            SignError::Rng => Self::RngFailed,
            SignError::Key => Self::SigningFailed,
            SignError::SignatureLength { .. } => Self::SignatureLength,
            SignError::Device { .. } => Self::DeviceFailed,
            _ => Self::UnknownError,
        }
    }
}

impl From<KeyError> for JwtStatus {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::EmptySecret => Self::EmptySecret,
            KeyError::KeyTooShort { .. } | KeyError::Modulus(ModulusError::TooShort { .. }) => {
                Self::KeyTooShort
            }
            KeyError::NotASecret { .. } => Self::KeyIsNotASecret,
            KeyError::Base64 => Self::KeyBase64,
            KeyError::TooLong => Self::KeyTooLong,
            KeyError::Der => Self::KeyDer,
            KeyError::Modulus(_) => Self::KeyModulus,
            KeyError::InconsistentPrivateKey => Self::KeyInconsistent,
            KeyError::CoordinateLength { .. } => Self::KeyLength,
            KeyError::PointNotOnCurve => Self::KeyPoint,
            KeyError::PrivateKeyOutOfRange => Self::KeyOutOfRange,
            _ => Self::UnknownError,
        }
    }
}

impl From<JwkError> for JwtStatus {
    fn from(error: JwkError) -> Self {
        match error {
            JwkError::Json(error) => error.into(),
            JwkError::IsSet => Self::JwkIsASet,
            JwkError::WrongType { .. } => Self::JwkWrongType,
            JwkError::MissingMember { .. } => Self::JwkMissingMember,
            JwkError::UnknownKeyType { .. } => Self::JwkUnknownKty,
            JwkError::UnsupportedCurve { .. } => Self::JwkUnsupportedCrv,
            JwkError::UnsupportedAlgorithm { .. } => Self::JwkUnsupportedAlg,
            JwkError::AlgorithmOfOtherKind { .. } => Self::JwkAlgOfOtherKind,
            JwkError::Base64 { error, .. } => error.into(),
            JwkError::SecretBase64 { .. } => Self::KeyBase64,
            JwkError::Escaped { .. } => Self::JwkEscapedValue,
            JwkError::LeadingZeros { .. } => Self::JwkLeadingZeros,
            JwkError::Empty { .. } => Self::JwkEmptyValue,
            JwkError::Length { .. } => Self::KeyLength,
            JwkError::MultiPrime => Self::JwkMultiPrime,
            JwkError::DuplicateOperation => Self::JwkDuplicateOperation,
            JwkError::BufferTooSmall { .. } => Self::BufferTooSmall,
            JwkError::WrongKind { .. } => Self::JwkWrongKind,
            JwkError::AlgorithmMismatch { .. } => Self::JwkAlgorithmMismatch,
            JwkError::NotForSignatures { .. } => Self::JwkUse,
            JwkError::OperationNotAllowed { .. } => Self::JwkKeyOps,
            JwkError::NotPrivate => Self::JwkNotPrivate,
            JwkError::PrivateMismatch => Self::JwkPrivateMismatch,
            JwkError::Symmetric => Self::JwkSymmetric,
            JwkError::TooManyKeys => Self::JwkTooManyKeys,
            JwkError::SetTooLong { .. } => Self::JwkSetTooLong,
            JwkError::Key(error) => error.into(),
            _ => Self::UnknownError,
        }
    }
}
